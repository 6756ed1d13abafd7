/** Pixels, row by row, four bytes each: red, green, blue, alpha. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** One value a pixel, 0 to 1. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Red, green and blue as planes of a given size, each pixel the mean of the area it covers. */
export function resample(
  image: Image,
  width: number,
  height: number,
): readonly [Plane, Plane, Plane] {
  const plane = (): Plane => ({ width, height, data: new Float32Array(width * height) });
  const planes = [plane(), plane(), plane()] as const;
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * image.height) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * image.height) / height));
    for (let x = 0; x < width; x++) {
      const left = Math.floor((x * image.width) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * image.width) / width));
      let [r, g, b] = [0, 0, 0];
      for (let v = top; v < bottom; v++) {
        for (let u = left; u < right; u++) {
          const at = 4 * (v * image.width + u);
          r += image.data[at] ?? 0;
          g += image.data[at + 1] ?? 0;
          b += image.data[at + 2] ?? 0;
        }
      }
      const scale = 1 / (255 * (bottom - top) * (right - left));
      const to = y * width + x;
      planes[0].data[to] = r * scale;
      planes[1].data[to] = g * scale;
      planes[2].data[to] = b * scale;
    }
  }
  return planes;
}

/** Luma of three planes (ITU-R BT.601). */
export function grey([r, g, b]: readonly [Plane, Plane, Plane]): Plane {
  const data = new Float32Array(r.data.length);
  for (let i = 0; i < data.length; i++) {
    data[i] = 0.299 * (r.data[i] ?? 0) + 0.587 * (g.data[i] ?? 0) + 0.114 * (b.data[i] ?? 0);
  }
  return { width: r.width, height: r.height, data };
}

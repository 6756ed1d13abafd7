/** Longest side in pixels: nameplates stay readable, a photo stays below half a megabyte. */
const LONGEST = 2048;

/**
 * A camera's picture as a JPEG no larger than needed. Drawing it anew also drops its metadata
 * (place, device). What the browser cannot draw is sent as it is: the server decides.
 */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    const blob = await new Promise<Blob | null>((resolve) =>
      canvas.toBlob(resolve, 'image/jpeg', 0.86),
    );
    return blob ?? file;
  } catch {
    return file;
  }
}

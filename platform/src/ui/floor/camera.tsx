import { BarcodeDetector, setZXingModuleOverrides } from 'barcode-detector/ponyfill';
import { useEffect, useRef, useState } from 'react';
import reader from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { useTexts } from '../i18n/language.ts';
import { Button } from '../parts/button.tsx';

// the reader comes from our own origin, never from a network of others
setZXingModuleOverrides({
  locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? reader : prefix + path),
});

/** The codes that labels of parts carry. */
const formats = [
  'data_matrix',
  'qr_code',
  'code_128',
  'code_39',
  'ean_13',
  'ean_8',
  'upc_a',
  'pdf417',
] as const;

/** Milliseconds between two looks at the picture. */
const PAUSE = 150;

/** Reads codes by the camera; without one (or without HTTPS) from a photo. */
export default function Camera({ onCode }: { onCode: (code: string) => void }) {
  const t = useTexts('kit');
  const video = useRef<HTMLVideoElement>(null);
  const photo = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<'live' | 'none' | 'missed'>('live');
  const latest = useRef(onCode);
  latest.current = onCode;

  useEffect(() => {
    const detector = new BarcodeDetector({ formats: [...formats] });
    let stream: MediaStream | undefined;
    let stopped = false;
    const look = async () => {
      const picture = video.current;
      if (stopped || !picture) return;
      if (picture.readyState >= 2) {
        const [code] = await detector.detect(picture).catch(() => []);
        if (stopped) return;
        if (code) {
          latest.current(code.rawValue);
          return;
        }
      }
      setTimeout(look, PAUSE);
    };
    const start = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: 'environment', width: { ideal: 1280 } },
        });
        if (stopped || !video.current) {
          for (const track of stream.getTracks()) track.stop();
          return;
        }
        video.current.srcObject = stream;
        await video.current.play();
        void look();
      } catch {
        if (!stopped) setState('none'); // no camera, no permission, or no HTTPS: a photo still works
      }
    };
    void start();
    return () => {
      stopped = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);

  const readPhoto = async (file: File) => {
    const image = await createImageBitmap(file);
    const [code] = await new BarcodeDetector({ formats: [...formats] })
      .detect(image)
      .catch(() => []);
    image.close();
    if (code) onCode(code.rawValue);
    else setState('missed');
  };

  return (
    <div className="z-camera">
      {state === 'live' ? (
        <>
          <video ref={video} muted playsInline />
          <i className="z-camera-frame" aria-hidden="true" />
          <p>{t('scan.cameraAim')}</p>
        </>
      ) : (
        <div className="z-camera-none">
          <p>{t(state === 'none' ? 'scan.cameraNone' : 'scan.cameraMiss')}</p>
          <input
            ref={photo}
            type="file"
            accept="image/*"
            capture="environment"
            hidden
            onChange={(e) => {
              const file = e.target.files?.[0];
              e.target.value = '';
              if (file) void readPhoto(file);
            }}
          />
          <Button icon="camera" kind="primary" size="large" onClick={() => photo.current?.click()}>
            {t('scan.cameraPhoto')}
          </Button>
        </div>
      )}
    </div>
  );
}

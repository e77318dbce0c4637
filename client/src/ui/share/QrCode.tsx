import { useEffect, useState } from 'preact/hooks';
import { texts } from '../texts.ts';
import type { QrDrawing } from './qrDrawing.ts';

/** What keeps the place of a code that is not drawn yet. */
const BLANK: QrDrawing = { size: 1, path: '' };

/** The link as a QR code, dark on a light ground, in dark mode too, or scanners fail. */
export function QrCode({ link }: { link: string }) {
  const [drawing, setDrawing] = useState<QrDrawing | 'failed'>(BLANK);
  useEffect(() => {
    let current = true;
    const show = (drawn: QrDrawing | 'failed') => current && setDrawing(drawn);
    // Only who shares needs it, and a page is smaller without.
    import('./qrDrawing.ts').then(
      ({ drawQr }) => show(drawQr(link)),
      () => show('failed'),
    );
    return () => {
      current = false;
    };
  }, [link]);
  if (drawing === 'failed') return <p class="qr-failed quiet">{texts.link.qrFailed}</p>;
  const { size, path } = drawing;
  return (
    <svg class="qr" data-testid="qr" role="img" aria-label={link} viewBox={`0 0 ${size} ${size}`}>
      <rect class="qr-ground" width={size} height={size} />
      <path class="qr-code" d={path} />
    </svg>
  );
}

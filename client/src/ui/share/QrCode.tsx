import { useMemo } from 'preact/hooks';
import { encode } from 'uqr';

/** Modules of light around the code, as ISO/IEC 18004 asks for. */
const QUIET_ZONE = 4;

/** The link as a QR code: one path of dark runs on a light ground, in dark mode too, or scanners fail. */
export function QrCode(props: { link: string }) {
  const { size, path } = useMemo(() => draw(props.link), [props.link]);
  return (
    <svg class="qr" data-testid="qr" role="img" aria-label={props.link} viewBox={`0 0 ${size} ${size}`}>
      <rect class="qr-ground" width={size} height={size} />
      <path class="qr-code" d={path} />
    </svg>
  );
}

function draw(link: string): { readonly size: number; readonly path: string } {
  const { data, size } = encode(link, { ecc: 'M', border: QUIET_ZONE });
  return { size, path: data.map((row, y) => runsOf(row, y)).join('') };
}

function runsOf(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x++) {
    const start = x;
    while (row[x]) x++;
    if (x > start) path += `M${start} ${y}h${x - start}v1h-${x - start}z`;
  }
  return path;
}

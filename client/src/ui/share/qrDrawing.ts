import { encode } from 'uqr';

/** Modules of light around the code, as ISO/IEC 18004 asks for. */
const QUIET_ZONE = 4;
/** Characters beyond which large modules help a camera more than repair does. */
const LONG = 200;

export interface QrDrawing {
  /** Modules along each side. */
  readonly size: number;
  /** Of the dark modules, as SVG writes it. */
  readonly path: string;
}

/** One path of dark runs. */
export function drawQr(text: string): QrDrawing {
  const { data, size } = encode(text, { ecc: text.length > LONG ? 'L' : 'M', border: QUIET_ZONE });
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

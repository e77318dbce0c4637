/**
 * `npm run chart [-- FILE]`: draws docs/distribution-time.svg from docs/swarm.json. FILE holds what
 * `npm run bench -- swarm --json` printed: its last line takes the place of docs/swarm.json first.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const KEPT = fileURLToPath(new URL('../docs/swarm.json', import.meta.url));
const CHART = fileURLToPath(new URL('../docs/distribution-time.svg', import.meta.url));

const MINUTE = 60;
const HOUR = 60 * MINUTE;

const SIZE = { width: 720, height: 440 };
const PLOT = { left: 100, right: 556, top: 24, bottom: 376 };
const SERIES = [
  { key: 'clientServer', label: 'client–server' },
  { key: 'swarm', label: 'swarm' },
  { key: 'bound', label: 'bound' },
];
/** Pixels between the labels of two lines that end close to each other. */
const LABEL_GAP = 18;
const DESCRIPTION =
  'Both axes are logarithmic. The time of client–server grows in proportion to the number of leechers; ' +
  'that of the swarm stays close to its bound, which hardly grows.';

const STYLE = `
  .ground { fill: #ffffff }
  text { font: 14px system-ui, sans-serif; fill: #1f2328 }
  .grid { stroke: #d8dee4; stroke-width: 1 }
  .line { fill: none; stroke-width: 2.5; stroke-linejoin: round }
  .clientServer { stroke: #b54708 } .swarm { stroke: #0a58ca } .bound { stroke: #57606a; stroke-dasharray: 6 5 }
  .dot { fill: #0a58ca }
  text.clientServer { fill: #b54708; stroke: none } text.swarm { fill: #0a58ca; stroke: none }
  text.bound { fill: #57606a; stroke: none }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 }
    text { fill: #e6edf3 }
    .grid { stroke: #2d333b }
    .clientServer { stroke: #ffa657 } .swarm { stroke: #6cb6ff } .bound { stroke: #9da7b3 }
    .dot { fill: #6cb6ff }
    text.clientServer { fill: #ffa657 } text.swarm { fill: #6cb6ff } text.bound { fill: #9da7b3 }
  }`;

/** The powers of ten from the one below the least value to the one above the greatest. */
function decades(values) {
  const [first, last] = [
    Math.floor(Math.log10(Math.min(...values))),
    Math.ceil(Math.log10(Math.max(...values))),
  ];
  return Array.from({ length: Math.max(last - first, 1) + 1 }, (_, index) => 10 ** (first + index));
}

/** From a value to its place between two ends, by its logarithm. */
function scale(ticks, from, to) {
  const [least, greatest] = [Math.log10(ticks[0]), Math.log10(ticks.at(-1))];
  return (value) => round(from + ((Math.log10(value) - least) / (greatest - least)) * (to - from));
}

function round(number) {
  return Math.round(number * 10) / 10;
}

function thousands(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ' ');
}

function duration(seconds) {
  return seconds < 2 * HOUR ? `${Math.round(seconds / MINUTE)} min` : `${Math.round(seconds / HOUR)} h`;
}

function grid(xTicks, yTicks, x, y) {
  const { left, right, top, bottom } = PLOT;
  return [
    ...xTicks.map((tick) => `<path class="grid" d="M${x(tick)} ${top}V${bottom}"/>`),
    ...yTicks.map((tick) => `<path class="grid" d="M${left} ${y(tick)}H${right}"/>`),
    ...xTicks.map(
      (tick) => `<text x="${x(tick)}" y="${bottom + 22}" text-anchor="middle">${thousands(tick)}</text>`,
    ),
    ...yTicks.map(
      (tick) => `<text x="${left - 8}" y="${y(tick) + 5}" text-anchor="end">${thousands(tick)}</text>`,
    ),
    `<text x="${(left + right) / 2}" y="${bottom + 50}" text-anchor="middle">leechers, N</text>`,
    `<text transform="translate(22 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">` +
      'distribution time, seconds</text>',
  ];
}

function lines(points, x, y) {
  return SERIES.map(({ key }) => {
    const path = points.map((point) => `${x(point.n)} ${y(point[key])}`).join('L');
    return `<path class="line ${key}" d="M${path}"/>`;
  });
}

function dots(points, x, y) {
  return points.map(({ n, swarm }) => `<circle class="dot" cx="${x(n)}" cy="${y(swarm)}" r="3.5"/>`);
}

/** Each line's name and last value beside its end, from top to bottom, none on top of another. */
function labels(points, y) {
  const last = points.at(-1);
  const ends = SERIES.map(({ key, label }) => ({ key, text: label, time: last[key], at: y(last[key]) }));
  ends.sort((a, b) => a.at - b.at);
  let lowest = Number.NEGATIVE_INFINITY;
  return ends.map(({ key, text, time, at }) => {
    lowest = Math.max(at, lowest + LABEL_GAP);
    return `<text class="${key}" x="${PLOT.right + 10}" y="${round(lowest + 5)}">${text}, ${duration(time)}</text>`;
  });
}

function draw(points) {
  const xTicks = decades(points.map(({ n }) => n));
  const yTicks = decades(points.flatMap((point) => SERIES.map(({ key }) => point[key])));
  const x = scale(xTicks, PLOT.left, PLOT.right);
  const y = scale(yTicks, PLOT.bottom, PLOT.top);
  const parts = [
    '<title>Distribution time against the number of leechers</title>',
    `<desc>${DESCRIPTION}</desc>`,
    `<style>${STYLE}\n</style>`,
    '<rect class="ground" width="100%" height="100%" rx="8"/>',
    ...grid(xTicks, yTicks, x, y),
    ...lines(points, x, y),
    ...dots(points, x, y),
    ...labels(points, y),
  ];
  const { width, height } = SIZE;
  const root = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`;
  return [root, ...parts, '</svg>', ''].join('\n');
}

/** Keeps the last line of a bench's output. */
function keep(file) {
  const result = JSON.parse(readFileSync(file, 'utf8').trimEnd().split('\n').at(-1));
  writeFileSync(KEPT, `${JSON.stringify(result, null, 1)}\n`);
}

const [file] = process.argv.slice(2);
if (file !== undefined) keep(file);
const { scaling } = JSON.parse(readFileSync(KEPT, 'utf8'));
if (!Array.isArray(scaling) || scaling.length === 0) {
  console.error(`chart: expected "scaling" with some points in ${KEPT}, received ${JSON.stringify(scaling)}`);
  process.exitCode = 1;
} else writeFileSync(CHART, draw(scaling));

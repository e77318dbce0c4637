import { beforeEach, describe, expect, it } from 'vitest';
import type { PieceIndex } from '../src/content/layout.ts';
import { SimContent } from './simContent.ts';
import { type DiskOptions, SimDisk } from './simDisk.ts';
import { World } from './world.ts';

const PIECE = 16 * 1024;

describe('a disk', () => {
  let world: World;
  let content: SimContent;
  let pieces: PieceIndex[];

  beforeEach(() => {
    world = new World(1);
    content = new SimContent(world.random.fork(), 4 * PIECE, PIECE);
    pieces = [...content.layout.indices()];
  });

  const diskOf = (has: Iterable<PieceIndex>, options?: DiskOptions) =>
    new SimDisk(world, content, has, options);
  const settle = () => world.run(Number.POSITIVE_INFINITY, () => false);

  function write(disk: SimDisk, piece: PieceIndex | undefined): string {
    let result = 'nothing';
    if (piece !== undefined) disk.write(piece, content.piece(piece), (written) => (result = written));
    settle();
    return result;
  }

  function read(disk: SimDisk, piece: PieceIndex): Uint8Array | undefined {
    let result: Uint8Array | undefined;
    disk.read(piece, 100, 50, (bytes) => (result = bytes));
    settle();
    return result;
  }

  it('gives back what was stored, part by part, and nothing else', () => {
    const disk = diskOf([]);
    const [first, second] = pieces as [PieceIndex, PieceIndex];
    expect(write(disk, first)).toBe('stored');
    expect(read(disk, first)).toEqual(content.piece(first).slice(100, 150));
    expect(read(disk, second)).toBeUndefined();
    disk.forget(first);
    expect(disk.pieces.size).toBe(0);
    expect(read(disk, first)).toBeUndefined();
  });

  it('holds no more than fits, until there is room', () => {
    const disk = diskOf(pieces.slice(0, 1), { room: 2 * PIECE });
    expect(pieces.slice(1).map((piece) => write(disk, piece))).toEqual(['stored', 'full', 'full']);
    expect(write(disk, pieces[1])).toBe('stored');
    disk.change({ room: 4 * PIECE });
    expect(write(disk, pieces[2])).toBe('stored');
    disk.forget(pieces[0]!);
    disk.change({ room: 3 * PIECE });
    expect(write(disk, pieces[3])).toBe('stored');
  });

  it('takes its time', () => {
    const disk = diskOf(pieces, { delay: 100, speed: 10 });
    read(disk, pieces[0]!);
    expect(world.now).toBe(105);
  });

  it('fails and rots as often as is said', () => {
    expect(write(diskOf([], { failing: 1 }), pieces[0])).toBe('failed');
    const rotting = diskOf(pieces, { rotting: 0.3 });
    const sound = Array.from({ length: 1000 }, () => {
      rotting.change({ rotting: 0.3 });
      const found = read(rotting, pieces[0]!) !== undefined;
      write(rotting, pieces[0]);
      return found;
    });
    expect(sound.filter(Boolean).length / 1000).toBeCloseTo(0.7, 1);
  });

  it('claims a rotten piece until it is forgotten or written anew', () => {
    const disk = diskOf(pieces);
    const [piece] = pieces as [PieceIndex];
    disk.rot(piece);
    expect(disk.complete).toBe(true);
    expect(disk.holds(piece)).toBe(false);
    expect(read(disk, piece)).toBeUndefined();
    write(disk, piece);
    expect(disk.holds(piece)).toBe(true);
  });

  it('loses in a crash what is being written', () => {
    const disk = diskOf([]);
    disk.write(pieces[0]!, content.piece(pieces[0]!), () => expect.unreachable());
    disk.crash();
    settle();
    expect(disk.pieces.size).toBe(0);
  });
});

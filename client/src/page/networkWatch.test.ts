import { describe, expect, test, vi } from 'vitest';
import { connectionOf, watchNetwork } from './networkWatch.ts';

class Wires extends EventTarget {
  type: string | undefined = 'wifi';

  become(type: string | undefined): void {
    this.type = type;
    this.dispatchEvent(new Event('change'));
  }
}

function watched(connection?: Wires) {
  const page = new EventTarget();
  const changed = vi.fn();
  watchNetwork(page, connection, changed);
  return { page, changed };
}

describe('watchNetwork', () => {
  test('tells that the network is there again, though the browser says nothing more of it', () => {
    const { page, changed } = watched();
    page.dispatchEvent(new Event('offline'));
    expect(changed).not.toHaveBeenCalled();
    page.dispatchEvent(new Event('online'));
    expect(changed).toHaveBeenCalledOnce();
  });

  test('tells of another network, not of another speed nor of none', () => {
    const wires = new Wires();
    const { changed } = watched(wires);
    wires.become('wifi');
    wires.become('none');
    expect(changed).not.toHaveBeenCalled();
    wires.become('cellular');
    expect(changed).toHaveBeenCalledOnce();
  });

  test('a browser that tells of the speed only is not taken for one whose network changes', () => {
    const wires = new Wires();
    wires.type = undefined;
    const { changed } = watched(wires);
    wires.become(undefined);
    expect(changed).not.toHaveBeenCalled();
  });
});

test('where the browser has no such thing there is nothing to watch', () => {
  expect(connectionOf({} as Navigator)).toBeUndefined();
});

import type { BrowserContext } from 'playwright';

/** What is done with ICE candidates, of which pages know nothing. */
export interface Routing {
  /** One of the page's own. */
  made(candidate: string): Promise<void>;
  /** As the page is to see another's; nothing when it is not to see it. */
  seen(candidate: string): Promise<string | undefined>;
}

/** What is exposed to the script below. */
interface Exposed {
  networkMade(candidate: string): Promise<void>;
  networkSeen(candidate: string): Promise<string | undefined>;
  networkDescription(sdp: string): Promise<string>;
}

/** Has this done on every page that the context loads from now on. */
export async function routePages(context: BrowserContext, routing: Routing): Promise<void> {
  await context.exposeFunction('networkMade', (candidate: string) => routing.made(candidate));
  await context.exposeFunction('networkSeen', (candidate: string) => routing.seen(candidate));
  await context.exposeFunction('networkDescription', (sdp: string) => describe(sdp, routing));
  await context.addInitScript(replaceRtc);
}

async function describe(sdp: string, routing: Routing): Promise<string> {
  const prefix = 'a=';
  const lines = sdp.split('\r\n').map(async (line) => {
    if (!line.startsWith(`${prefix}candidate:`)) return line;
    const seen = await routing.seen(line.slice(prefix.length));
    return seen === undefined ? undefined : `${prefix}${seen}`;
  });
  return (await Promise.all(lines)).filter((line) => line !== undefined).join('\r\n');
}

/** Runs in the page. Holds no named function: tsx would wrap it in a helper that the page does not have. */
function replaceRtc(): void {
  const exposed = globalThis as unknown as Exposed;
  const Original = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    /** What comes later waits for what came before. */
    #last: Promise<unknown> = Promise.resolve();

    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate !== null) void exposed.networkMade(candidate.candidate);
      });
    }

    override setRemoteDescription({ type, sdp = '' }: RTCSessionDescriptionInit): Promise<void> {
      return this.#inTurn(async () =>
        super.setRemoteDescription({ type, sdp: await exposed.networkDescription(sdp) }),
      );
    }

    override addIceCandidate(init?: RTCIceCandidateInit | null): Promise<void> {
      return this.#inTurn(async () => {
        if (init?.candidate === undefined) return super.addIceCandidate(init);
        const candidate = await exposed.networkSeen(init.candidate);
        if (candidate === undefined) return undefined;
        const { sdpMid = null, sdpMLineIndex = null, usernameFragment = null } = init;
        return super.addIceCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment });
      });
    }

    #inTurn(work: () => Promise<void>): Promise<void> {
      const done = this.#last.then(work);
      this.#last = done.catch(() => undefined);
      return done;
    }
  };
}

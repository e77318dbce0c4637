import type { BrowserContext, Page } from 'playwright';

/** What a page has done with WebRTC so far. */
export interface RtcLog {
  /** Connections made, and the most that were there at once. */
  readonly made: number;
  readonly most: number;
  /** Those that are there now and connected. A channel may be in a worker, and tells the page nothing. */
  readonly open: number;
  /** Those that the browser has given up because nothing came over them. */
  readonly failed: number;
  /** Descriptions of others that WebRTC was given. */
  readonly remote: readonly string[];
  /** Candidates of others that WebRTC was given. */
  readonly candidates: number;
}

/** From the next load of this tab, or of any tab of this browser, on: keeps a log of its connections. */
export async function recordRtc(tabs: Page | BrowserContext): Promise<void> {
  await tabs.addInitScript(() => {
    const log = { made: 0, most: 0, failed: 0, remote: [] as string[], candidates: 0 };
    const live = new Set<RTCPeerConnection>();
    const Original = RTCPeerConnection;
    class Logged extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        live.add(this);
        log.made++;
        log.most = Math.max(log.most, live.size);
        this.addEventListener('iceconnectionstatechange', () => {
          if (this.iceConnectionState === 'failed') log.failed++;
        });
      }

      override setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
        log.remote.push(description.sdp ?? '');
        return super.setRemoteDescription(description);
      }

      override addIceCandidate(candidate?: RTCIceCandidateInit | null): Promise<void> {
        log.candidates++;
        return super.addIceCandidate(candidate);
      }

      override close(): void {
        live.delete(this);
        super.close();
      }
    }
    const summary = () => ({
      ...log,
      open: [...live].filter(({ connectionState }) => connectionState === 'connected').length,
    });
    Object.assign(globalThis, { RTCPeerConnection: Logged, rtcLog: summary });
  });
}

export function rtcLog(page: Page): Promise<RtcLog> {
  return page.evaluate(() => (globalThis as unknown as { rtcLog: () => RtcLog }).rtcLog());
}

/** What two peers tell each other to connect (WebRTC, trickle ICE). Sealed on its way: the tracker cannot read it. */
export type Signal =
  | { readonly type: 'offer'; readonly sdp: string }
  | { readonly type: 'answer'; readonly sdp: string }
  | {
      readonly type: 'candidate';
      readonly candidate: string;
      readonly mid: string | null;
      readonly line: number | null;
    };

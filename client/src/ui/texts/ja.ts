import { Formats } from '../formats.ts';
import type { Texts } from './en.ts';

const format = new Formats('ja');

export const ja: Texts = {
  language: 'ja',
  direction: 'ltr',
  format,

  name: 'Shoal',
  home: 'Shoal トップページ',
  shareSomething: '共有する',

  landing: {
    title: 'ファイルを相手に直接届ける',
    sentence:
      'ファイルやフォルダーをドロップして、リンクを送るだけ。サーバーには何もアップロードされず、受け取った人が次の人への配信を助けます。',
    openTitle: 'リンクをお持ちですか？',
    openPlaceholder: 'ここに貼り付け',
    open: '開く',
    elsewhere: (host) =>
      `このリンクは ${host} のもので、参加者どうしはそこで引き合わされます。ここでは誰も見つからないかもしれません。`,
    openElsewhere: (host) => `${host} で開く`,
    openAnyway: 'ここで試す',
    listTitle: 'このブラウザーに記憶されているもの',
    untitled: 'まだ不明',
  },

  picker: {
    share: 'ここにファイルやフォルダーをドロップ',
    again: '同じファイルまたはフォルダーをここにドロップ',
    files: 'ファイルを選ぶ',
    folder: 'フォルダーを選ぶ',
    overlay: 'ドロップして共有',
    overlayAgain: 'ドロップして共有を続ける',
    reading: 'フォルダーの中を調べています…',
    empty: 'ファイルが入っていません。ファイルが 1 つ以上あるものを選んでください。',
    unreadable: (name) =>
      `${name} を読み取れなかったため、何も共有していません。開く権限があるか確かめて、もう一度お試しください。`,
  },

  again: {
    give: '同じファイルをもう一度共有',
    refused:
      '許可がないとブラウザーはファイルを読めません。もう一度押して許可するか、下でファイルを選んでください。',
    gone: '元の場所にないか、読み取れません。下でファイルを選んでください。',
  },

  honesty: {
    title: 'しくみ',
    lines: [
      {
        term: 'ブラウザーからブラウザーへ',
        words: 'ファイルはここで暗号化され、招いた相手に直接届きます。サーバーは引き合わせるだけです。',
      },
      {
        term: 'リンクが鍵です',
        words: 'リンクを持つ人は誰でも中身を読めます。見せてよい人にだけ送ってください。',
      },
      {
        term: '相手から見えます',
        words: '直接の接続はどれもそうですが、同じ共有に参加する人どうしは互いの IP アドレスが見えます。',
      },
    ],
    moreTitle: '誰に何が知られるか',
  },

  settings: {
    title: '設定',
    language: '言語',
    uploadLimit: 'アップロードの上限',
    unit: 'KiB/秒',
    hint: '空欄なら上限なし。',
    invalid: '1 以上の整数か、空欄にしてください。',
    relayOnly: '自分の IP アドレスを隠す',
    relayOnlyHint: 'サーバーに中継があれば、すべて中継を通します。遅くなります。',
    relayMissing: 'このサーバーには中継がないため、誰にもつながりません。',
    finding: 'サーバーなしで人を見つける',
  },

  roles: { sharer: '自分が共有', receiver: 'リンクから' },

  listStates: {
    preparing: '準備中',
    connecting: '接続中',
    ready: 'ダウンロードできます',
    downloading: 'ダウンロード中',
    complete: '完了',
    sharing: '共有中',
    paused: '一時停止中',
    error: '確認が必要です',
    filesNeeded: 'ファイルを待っています',
  },

  status: {
    preparing: '準備中です。ファイルを一度読み取って暗号化します。少しお待ちください。',
    reaching: '接続しています…',
    looking: '持っている人を探しています…',
    asking: '接続しました。名前とサイズを問い合わせています…',
    ready: 'ダウンロードできます。',
    downloading: 'ダウンロードしています。',
    waiting: '誰かがつながるのを待っています。',
    complete: '完了しました。すべて届き、検証も済んでいます。',
    helping: 'いまは他の人を助けています。このタブを長く開いておくほど助かります。',
    sharing: '準備ができました。届けたい人にリンクを送ってください。',
    pausedSharer: '一時停止中です。誰もあなたからダウンロードできません。',
    pausedReceiver: '一時停止中です。届いた分は残っています。',
    quarter: (percent) => `${format.percent(percent)} 完了`,
    unreachable:
      '人を引き合わせるサーバーにつながりません。すでにつながっている人はそのまま続けられますが、新しい人は待つことになります。このタブを開いておいてください。試行を続けます。',
    keepInFront:
      'このページを前面に出しておいてください。スマートフォンやタブレットは、隠れたページを止めます。',
  },

  passing: {
    receiver:
      'このブラウザーには何も残りません。プライベートウィンドウか、Cookie がブロックされているのかもしれません。ダウンロードしたものはタブを閉じると消えるので、先に保存してください。',
    sharer:
      'このブラウザーには何も残りません。プライベートウィンドウか、Cookie がブロックされているのかもしれません。このタブを閉じると共有は忘れられ、リンクは使えなくなります。',
  },

  opening: 'リンクを開いています',
  preparing: '準備中',
  wrong: 'うまくいきませんでした',

  link: {
    title: 'あなたのリンク',
    copy: 'コピー',
    copied: 'コピー済み',
    copyFailed: 'ブラウザーが許可しませんでした。リンクを選択したので、手でコピーしてください。',
    qrFailed: 'QR コードを読み込めませんでした。代わりにリンクをコピーしてください。',
    keyNote: 'このリンクを持つ人は、すべてを読めます。',
    keepOpen: '誰かがすべて受け取るまで、このタブを開いておいてください。',
    mayClose: (copies) =>
      format.plural(copies, {
        other: 'このタブを閉じてもかまいません。完全なコピーが # つ、よそにあります。',
      }),
    mayCloseNote: 'そのどれかがオンラインであれば、新しい人も続けられます。',
  },

  progress: {
    preparing: '準備',
    download: 'ダウンロード',
    of: (done, size) => `${format.bytes(size)} 中 ${format.bytes(done)}`,
    left: (seconds) => `残り ${format.duration(seconds)}`,
    leftUnknown: '残り時間は不明',
  },

  numbers: {
    title: 'いまの状態',
    peers: (count) => format.plural(count, { other: '人が接続中' }),
    copies: (count) => format.plural(count, { other: '完全なコピー（よそ）' }),
    uploaded: '送信',
    downloaded: '受信',
    down: '受信速度',
    up: '送信速度',
  },

  actions: {
    download: (size) => `ダウンロード（${format.bytes(size)}）`,
    pause: '一時停止',
    resume: '再開',
    retry: 'もう一度試す',
    save: '保存',
    saveNamed: (name) => `${name} を保存`,
    saveAll: 'まとめて zip で保存',
    remove: '削除',
    stop: '共有をやめる',
    cancel: '取り消す',
    named: (label, title) => `${label}: ${title}`,
  },

  removed: {
    before: '',
    after: ' を削除しました。',
    undo: '元に戻す',
  },

  saving: {
    saving: (name) => `${name} を保存しています。終わるまでこのタブを開いておいてください。`,
    saved: (name) => `${name} を保存しました。`,
    failed: (name) => `${name} は保存されませんでした。`,
    incomplete: '最後まで書き込めなかったため、ブラウザーは途中までの分を捨てます。もう一度お試しください。',
    notBegun: (reason) =>
      `何も書き込まれていません。このページを再読み込みしてから、もう一度お試しください。フォルダーのファイルは 1 つずつ保存することもできます。（${reason}）`,
    tooLarge: (limit) =>
      `保存領域が使えないため、このウィンドウで一度に保存できるのは ${format.bytes(limit)} までです。Cookie を許可した通常のウィンドウでリンクを開いてください。`,
    dismiss: '閉じる',
  },

  notice: {
    ask: '終わったら知らせる',
    on: '終わったらお知らせします。',
    denied: 'ブラウザーがこのページからの通知を許可していません。',
    title: (title) => `${title} が完了しました`,
    body: 'すべて届き、検証も済んでいます。いつでも保存できます。',
  },

  files: {
    want: (name) => `${name} をダウンロードする`,
    get: 'ダウンロード',
    wantAll: 'すべて選ぶ',
    wantNone: 'すべて外す',
    wanted: (count, total, size) =>
      `${format.plural(total, { other: '# 個のファイル' })}中 ${format.number(count)} 個、${format.bytes(size)}`,
    title: 'ファイル',
    summary: (count, size) => `${format.plural(count, { other: '# 個のファイル' })}、${format.bytes(size)}`,
    all: (count) => format.plural(count, { other: '# 個のファイルをすべて表示' }),
    here: '完了',
  },

  inviteTitle: 'コードで招待',

  people: {
    title: 'いまいる人',
    nobodySharer: 'まだ誰もいません。誰かにリンクを送ってください。',
    nobodyReceiver: 'いまは誰もつながっていません。',
    name: (short) => `ピア ${short}`,
    routes: { direct: '直接', relayed: '中継', unknown: '経路を探しています' },
    has: (percent) => `${format.percent(percent)} 所持`,
    hasAll: 'すべて所持',
    all: (count) => format.plural(count, { other: '# 人をすべて表示' }),
  },

  ways: {
    through: (ways) => `参加者は ${ways} を通じて見つかります。`,
    none: (ways) => `いまは誰も見つけられません：${ways}。このタブを開いておいてください。試行を続けます。`,
    tabs: (count) => format.plural(count, { other: 'このブラウザーの別のタブ # 個' }),
    dht: 'ページどうしのネットワーク（DHT）',
    peers: 'すでにつながっている人',
    connecting: (host) => `${host}（接続中）`,
    waiting: (host) => `${host}（つながりません。再試行します）`,
    refused: (host) => `${host}（拒否されました）`,
    unasked: (host) => `${host}（ダウンロードするときに問い合わせます）`,
    named: (hosts) =>
      `このリンクは、参加者が集まる場所として ${hosts} を挙げています。その運営者には、あなたのアドレスと参加した時刻が見えますが、名前もファイルも見えません。`,
    ask: (hosts) => `${hosts} に問い合わせる`,
  },

  update: {
    ready: '新しいバージョンの準備ができました。次にこのページを開いたときに使われます。',
    use: 'いま使う',
  },

  trouble: {
    title: 'つながりにくいですか？',
    nobody: [
      'いまは、これを持っている人がいません。送り主にタブをもう一度開くよう頼んでください。あとは自動で続きます。',
      '送り主がオンラインなら、リンクが最後の 1 文字までコピーされているか確かめてください。',
    ],
    blocked: (members) => [
      format.plural(members, { other: '# 人いますが、まだ直接の接続に成功していません。' }),
      '厳しいファイアウォール、会社のネットワーク、VPN が原因のことがよくあります。VPN を切るか、スマートフォンの回線など別のネットワークでお試しください。',
      'このサーバーの運営者は中継（TURN）を追加できます。中継があれば、ほとんどの場所でつながります。',
    ],
    relayOnly:
      'IP アドレスを隠しているため、中継だけを使います。このサーバーに中継がない場合は、設定で直接の接続を許可してください。',
    unreachable: [
      '人を引き合わせるサーバーにつながりません。オンラインかどうか確かめてください。',
      'WebSocket 接続を遮断するネットワークもあります。別のネットワークでお試しください。',
    ],
    wait: 'このページは開いたままでかまいません。試行を続けます。',
  },

  problems: {
    notShareable: (reason) => ({
      title: 'これらのファイルを共有にまとめられませんでした。',
      todo: `何も共有していません。ファイルを減らすか、先に 1 つのアーカイブにまとめてください。（${reason}）`,
    }),
    linkMalformed: {
      title: 'Shoal のリンクではありません。',
      todo: 'リンクの末尾は # と長い英数字の列です。もう一度全体をコピーして、ここに貼り付けてください。',
    },
    linkTruncated: (expected, received) => ({
      title: format.plural(expected, {
        other: `リンクが途中で切れています。# 文字のうち ${format.number(received)} 文字しか届いていません。`,
      }),
      todo: '長いリンクを途中で切るプログラムがあります。もう一度送ってもらい、最後の 1 文字までコピーしてください。',
    }),
    linkMistyped: {
      title: 'リンクに入力ミスがあります。',
      todo: '確認用の文字が合いません。手で入力せずにコピーするか、QR コードを読み取ってください。',
    },
    linkUnsupported: {
      title: 'このバージョンが知らない種類のリンクです。',
      todo: 'ページを再読み込みして最新版にするか、どのバージョンで作ったリンクか送り主に聞いてください。',
    },
    wrongKey: {
      title: 'リンクの鍵が違います。',
      todo: '共有は存在しますが、この鍵では開けません。送り主にもう一度リンクを送ってもらってください。',
    },
    metainfoInvalid: (reason) => ({
      title: 'この共有の説明データが正しくありません。',
      todo: `何もダウンロードしていません。送り主に、もう一度共有し直してもらってください。（${reason}）`,
    }),
    filesNeeded: {
      title: '共有を続けるには、ファイルをもう一度選んでください。',
      todo: '再読み込みのあと、ブラウザーは自分ではファイルを読めません。同じものを選べば、同じリンクがそのまま使えます。',
    },
    filesDiffer: (names, more) => ({
      title: '共有したファイルと違います。',
      todo: `見つからないか、変わっています: ${format.list(
        more > 0 ? [...names, format.plural(more, { other: 'ほか # 個' })] : names,
      )}。元のファイルを選ぶか、新しいものを新しいリンクで共有してください。`,
    }),
    fileUnreadable: (name) => ({
      title: `${name} を読み取れなくなりました。`,
      todo: '移動、変更、または削除されたため、誤ったデータが出る前に共有を止めました。ファイルをもう一度選んでください。',
    }),
    removedElsewhere: {
      title: 'この共有は別のタブで削除されました。',
      todo: 'ここからはもうダウンロードできません。同じリンクで共有を続けるには、もう一度お試しください。',
    },
    storageFull: {
      title: 'このブラウザーの保存領域に空きがありません。',
      todo: '届いた分は残っています。ディスクの空きを増やすか、保存済みの共有を削除して、もう一度お試しください。',
    },
    storageHeld: {
      title: '別のバージョンの Shoal が、このブラウザーの保存領域を使っています。',
      todo: 'ほかのタブを閉じてから、このページを再読み込みしてください。',
    },
    storageGone: {
      title: '保存されていたこの共有のデータがなくなりました。',
      todo: '別のタブで削除されたか、ブラウザーが保存領域を消去しました。もう一度試すと、改めてダウンロードします。',
    },
    storageFailed: (reason) => ({
      title: 'このブラウザーの保存領域が使えません。',
      todo: `プライベートウィンドウなら通常のウィンドウで、そうでなければページを再読み込みしてお試しください。（${reason}）`,
    }),
  },
};

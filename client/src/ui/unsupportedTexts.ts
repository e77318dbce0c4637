import type { Language } from './texts/languages.ts';

/** What is said in place of the page; loaded with it. */
export interface UnsupportedTexts {
  readonly title: string;
  readonly insecure: (origin: string) => readonly string[];
  readonly webrtc: readonly string[];
  readonly serviceWorker: readonly string[];
}

export const unsupportedTexts: Record<Language, UnsupportedTexts> = {
  en: {
    title: 'This page cannot work here',
    insecure: (origin) => [
      `It was opened at ${origin}, over plain HTTP. Browsers give encryption only to pages on https:// or on localhost, and Shoal sends nothing without it.`,
      'Open it over https://. On the computer that runs Shoal, http://localhost works as well.',
    ],
    webrtc: [
      'This browser has no WebRTC, or it is switched off, so it cannot connect to other browsers.',
      'Use a current Firefox, Chrome, Edge or Safari, and allow WebRTC if an extension blocks it.',
    ],
    serviceWorker: [
      'This window has no service worker, without which downloaded files cannot be saved. Some browsers switch it off in private windows.',
      'Open the link in a normal window.',
    ],
  },
  de: {
    title: 'Diese Seite kann hier nicht arbeiten',
    insecure: (origin) => [
      `Sie wurde unter ${origin} geöffnet, über unverschlüsseltes HTTP. Browser geben Verschlüsselung nur Seiten unter https:// oder auf localhost, und ohne sie sendet Shoal nichts.`,
      'Öffnen Sie sie über https://. Auf dem Rechner, auf dem Shoal läuft, geht auch http://localhost.',
    ],
    webrtc: [
      'Dieser Browser hat kein WebRTC, oder es ist ausgeschaltet. Ohne es kann er sich nicht mit anderen Browsern verbinden.',
      'Nehmen Sie ein aktuelles Firefox, Chrome, Edge oder Safari, und erlauben Sie WebRTC, falls eine Erweiterung es blockiert.',
    ],
    serviceWorker: [
      'Dieses Fenster hat keinen Service Worker, ohne den sich heruntergeladene Dateien nicht speichern lassen. Manche Browser schalten ihn in privaten Fenstern ab.',
      'Öffnen Sie den Link in einem normalen Fenster.',
    ],
  },
  es: {
    title: 'Esta página no puede funcionar aquí',
    insecure: (origin) => [
      `Se ha abierto en ${origin}, por HTTP sin cifrar. Los navegadores solo permiten cifrar en páginas con https:// o en localhost, y sin ello Shoal no envía nada.`,
      'Ábrela con https://. En el equipo donde corre Shoal también sirve http://localhost.',
    ],
    webrtc: [
      'Este navegador no tiene WebRTC, o está desactivado, así que no puede conectarse con otros navegadores.',
      'Usa una versión actual de Firefox, Chrome, Edge o Safari, y permite WebRTC si una extensión lo bloquea.',
    ],
    serviceWorker: [
      'Esta ventana no tiene service worker, y sin él no se pueden guardar los archivos descargados. Algunos navegadores lo desactivan en las ventanas privadas.',
      'Abre el enlace en una ventana normal.',
    ],
  },
  fr: {
    title: 'Cette page ne peut pas fonctionner ici',
    insecure: (origin) => [
      `Elle a été ouverte à l’adresse ${origin}, en simple HTTP. Les navigateurs n’accordent le chiffrement qu’aux pages en https:// ou sur localhost, et sans lui Shoal n’envoie rien.`,
      'Ouvrez-la en https://. Sur l’ordinateur qui fait tourner Shoal, http://localhost convient aussi.',
    ],
    webrtc: [
      'Ce navigateur n’a pas WebRTC, ou WebRTC est désactivé : il ne peut pas se connecter à d’autres navigateurs.',
      'Utilisez un Firefox, Chrome, Edge ou Safari récent, et autorisez WebRTC si une extension le bloque.',
    ],
    serviceWorker: [
      'Cette fenêtre n’a pas de service worker, sans lequel les fichiers téléchargés ne peuvent pas être enregistrés. Certains navigateurs le désactivent en navigation privée.',
      'Ouvrez le lien dans une fenêtre normale.',
    ],
  },
  ja: {
    title: 'このページはここでは使えません',
    insecure: (origin) => [
      `${origin} を暗号化なしの HTTP で開いています。ブラウザーが暗号機能を使わせるのは https:// か localhost のページだけで、それがなければ Shoal は何も送りません。`,
      'https:// で開いてください。Shoal が動いているコンピューターでは http://localhost でも使えます。',
    ],
    webrtc: [
      'このブラウザーには WebRTC がないか、無効になっているため、他のブラウザーとつながることができません。',
      '最新の Firefox、Chrome、Edge、Safari を使い、拡張機能が WebRTC を遮断している場合は許可してください。',
    ],
    serviceWorker: [
      'このウィンドウには Service Worker がなく、ダウンロードしたファイルを保存できません。プライベートウィンドウで無効にするブラウザーもあります。',
      '通常のウィンドウでリンクを開いてください。',
    ],
  },
  pt: {
    title: 'Esta página não funciona aqui',
    insecure: (origin) => [
      `Ela foi aberta em ${origin}, por HTTP simples. Os navegadores só oferecem criptografia a páginas em https:// ou em localhost, e sem ela o Shoal não envia nada.`,
      'Abra por https://. No computador em que o Shoal roda, http://localhost também serve.',
    ],
    webrtc: [
      'Este navegador não tem WebRTC, ou ele está desligado, então não consegue se conectar a outros navegadores.',
      'Use um Firefox, Chrome, Edge ou Safari atual, e permita o WebRTC se uma extensão o bloquear.',
    ],
    serviceWorker: [
      'Esta janela não tem service worker, e sem ele os arquivos baixados não podem ser salvos. Alguns navegadores o desligam em janelas privadas.',
      'Abra o link em uma janela normal.',
    ],
  },
};

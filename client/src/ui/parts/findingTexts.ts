import type { DhtSetting } from '@shoal/shared/host/snapshot.ts';
import type { Language } from '../texts/languages.ts';

/** What is said of the network of the pages; loaded with what shows it. */
type FindingTexts = Readonly<Record<DhtSetting, { readonly label: string; readonly hint: string }>> & {
  readonly how: string;
};

const en: FindingTexts = {
  how: 'When no server answers, open Shoal pages can introduce people to each other: together they keep an address book, each a small part of it. For this, your browser connects to browsers of people you do not know. They see your IP address, but no file, no name and no link.',
  off: {
    label: 'Never take part',
    hint: 'People are found through servers and those already connected. Invitations by code do not work.',
  },
  whileSharing: {
    label: 'While a share is open',
    hint: 'The usual choice: others find you, and you help them find each other.',
  },
  always: {
    label: 'As long as this page is open',
    hint: 'Helps others also while you share nothing, with less than 2 KiB a second.',
  },
};

export const findingTexts: Record<Language, FindingTexts> = {
  en,
  de: {
    how: 'Antwortet kein Server, können offene Shoal-Seiten Menschen miteinander bekannt machen: Zusammen führen sie ein Adressbuch, jede einen kleinen Teil davon. Dafür verbindet sich Ihr Browser mit Browsern von Menschen, die Sie nicht kennen. Diese sehen Ihre IP-Adresse, aber keine Datei, keinen Namen und keinen Link.',
    off: {
      label: 'Nie mitmachen',
      hint: 'Gefunden wird man über Server und über die, die schon verbunden sind. Einladungen mit Code gehen nicht.',
    },
    whileSharing: {
      label: 'Solange etwas geteilt wird',
      hint: 'Das Übliche: Andere finden Sie, und Sie helfen ihnen, einander zu finden.',
    },
    always: {
      label: 'Solange diese Seite offen ist',
      hint: 'Hilft anderen auch, während Sie nichts teilen, mit weniger als 2 KiB/s.',
    },
  },
  es: {
    how: 'Cuando ningún servidor responde, las páginas de Shoal abiertas pueden presentar a la gente: entre todas llevan una libreta de direcciones, cada una una pequeña parte. Para eso, tu navegador se conecta con navegadores de personas que no conoces. Ven tu dirección IP, pero ningún archivo, nombre ni enlace.',
    off: {
      label: 'No participar nunca',
      hint: 'Se encuentra a la gente por los servidores y por quienes ya están conectados. Las invitaciones con código no funcionan.',
    },
    whileSharing: {
      label: 'Mientras haya algo abierto para compartir',
      hint: 'Lo habitual: otros te encuentran y tú les ayudas a encontrarse.',
    },
    always: {
      label: 'Mientras esta página esté abierta',
      hint: 'Ayuda a otros aunque no compartas nada, con menos de 2 KiB/s.',
    },
  },
  fr: {
    how: 'Quand aucun serveur ne répond, les pages Shoal ouvertes peuvent présenter les gens les uns aux autres : ensemble, elles tiennent un carnet d’adresses, chacune une petite partie. Pour cela, votre navigateur se connecte à ceux de personnes que vous ne connaissez pas. Elles voient votre adresse IP, mais aucun fichier, aucun nom, aucun lien.',
    off: {
      label: 'Ne jamais participer',
      hint: 'On se trouve par les serveurs et par ceux qui sont déjà connectés. Les invitations par code ne fonctionnent pas.',
    },
    whileSharing: {
      label: 'Tant qu’un partage est ouvert',
      hint: 'Le choix habituel : d’autres vous trouvent, et vous les aidez à se trouver.',
    },
    always: {
      label: 'Tant que cette page est ouverte',
      hint: 'Aide les autres même quand vous ne partagez rien, avec moins de 2 Kio/s.',
    },
  },
  ja: {
    how: 'どのサーバーも応答しないとき、開いている Shoal のページどうしが人を引き合わせます。みんなで一つの住所録を、少しずつ分けて持つのです。そのため、このブラウザーは知らない人のブラウザーともつながります。相手に見えるのは IP アドレスだけで、ファイルも名前もリンクも見えません。',
    off: {
      label: '参加しない',
      hint: 'サーバーと、すでにつながっている人を通して見つけます。コードによる招待は使えません。',
    },
    whileSharing: {
      label: '共有を開いているあいだ',
      hint: 'ふつうはこれで十分です。ほかの人に見つけてもらい、ほかの人どうしも助けます。',
    },
    always: {
      label: 'このページを開いているあいだ',
      hint: '何も共有していないときも、毎秒 2 KiB 未満でほかの人を助けます。',
    },
  },
  pt: {
    how: 'Quando nenhum servidor responde, as páginas do Shoal abertas podem apresentar as pessoas: juntas, elas mantêm uma agenda de endereços, cada uma com uma pequena parte. Para isso, seu navegador se conecta a navegadores de pessoas que você não conhece. Elas veem seu endereço IP, mas nenhum arquivo, nome ou link.',
    off: {
      label: 'Nunca participar',
      hint: 'As pessoas são encontradas pelos servidores e por quem já está conectado. Convites com código não funcionam.',
    },
    whileSharing: {
      label: 'Enquanto houver algo compartilhado aberto',
      hint: 'O habitual: outros encontram você, e você os ajuda a se encontrar.',
    },
    always: {
      label: 'Enquanto esta página estiver aberta',
      hint: 'Ajuda os outros mesmo quando você não compartilha nada, com menos de 2 KiB/s.',
    },
  },
};

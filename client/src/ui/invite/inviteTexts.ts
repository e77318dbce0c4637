import type { Language } from '../texts/languages.ts';

/** What is said of codes; loaded with what shows them. */
export interface InviteTexts {
  readonly how: string;
  readonly make: string;
  readonly made: string;
  readonly take: string;
  readonly answer: string;
  readonly working: string;
  readonly taken: string;
  readonly connected: string;
  readonly failed: string;
  readonly copyFailed: string;
}

const en: InviteTexts = {
  how: 'When no server can be reached, two codes bring somebody in: an invitation there, an answer back, by any chat.',
  make: 'Make an invitation',
  made: 'Invitation: send it, then paste the answer below',
  take: 'Paste an invitation or an answer',
  answer: 'Answer: send it back to whoever invited you',
  working: 'Making a code …',
  taken: 'Connecting …',
  connected: 'Connected. Everybody else is found from here.',
  failed: 'This code cannot be used. Ask for a new one.',
  copyFailed: 'The browser did not allow it: the code is selected, copy it by hand.',
};

export const inviteTexts: Record<Language, InviteTexts> = {
  en,
  de: {
    how: 'Ist kein Server zu erreichen, bringen zwei Codes jemanden herein: eine Einladung hin, eine Antwort zurück, über irgendeinen Chat.',
    make: 'Einladung machen',
    made: 'Einladung: verschicken, dann die Antwort unten einfügen',
    take: 'Einladung oder Antwort einfügen',
    answer: 'Antwort: zurück an die Person, die eingeladen hat',
    working: 'Code wird gemacht …',
    taken: 'Verbindung wird aufgebaut …',
    connected: 'Verbunden. Alle anderen finden sich von hier aus.',
    failed: 'Dieser Code taugt nicht. Bitten Sie um einen neuen.',
    copyFailed: 'Der Browser hat es nicht erlaubt: Der Code ist markiert, kopieren Sie ihn von Hand.',
  },
  es: {
    how: 'Si no se llega a ningún servidor, dos códigos traen a alguien: una invitación de ida y una respuesta de vuelta, por cualquier chat.',
    make: 'Crear una invitación',
    made: 'Invitación: envíela y pegue abajo la respuesta',
    take: 'Pegue una invitación o una respuesta',
    answer: 'Respuesta: devuélvala a quien le invitó',
    working: 'Creando un código …',
    taken: 'Conectando …',
    connected: 'Conectado. Los demás se encuentran desde aquí.',
    failed: 'Este código no sirve. Pida otro.',
    copyFailed: 'El navegador no lo permitió: el código está seleccionado, cópielo a mano.',
  },
  fr: {
    how: 'Si aucun serveur n’est joignable, deux codes font entrer quelqu’un : une invitation à l’aller, une réponse au retour, par n’importe quelle messagerie.',
    make: 'Créer une invitation',
    made: 'Invitation : envoyez-la, puis collez la réponse ci-dessous',
    take: 'Collez une invitation ou une réponse',
    answer: 'Réponse : renvoyez-la à qui vous a invité',
    working: 'Création d’un code …',
    taken: 'Connexion …',
    connected: 'Connecté. Les autres se trouvent à partir d’ici.',
    failed: 'Ce code ne convient pas. Demandez-en un autre.',
    copyFailed: 'Le navigateur ne l’a pas permis : le code est sélectionné, copiez-le à la main.',
  },
  ja: {
    how: 'サーバーに届かないときは、二つのコードで人を招けます。招待を送り、返事を受け取ります。どのチャットでもかまいません。',
    make: '招待を作る',
    made: '招待：送ってから、返事を下に貼り付けてください',
    take: '招待または返事を貼り付ける',
    answer: '返事：招待した人に送り返してください',
    working: 'コードを作っています…',
    taken: '接続しています…',
    connected: '接続しました。ほかの人はここから見つかります。',
    failed: 'このコードは使えません。新しいものを頼んでください。',
    copyFailed: 'ブラウザーが許可しませんでした。コードは選択されています。手でコピーしてください。',
  },
  pt: {
    how: 'Se nenhum servidor responde, dois códigos trazem alguém: um convite na ida, uma resposta na volta, por qualquer chat.',
    make: 'Criar um convite',
    made: 'Convite: envie e cole abaixo a resposta',
    take: 'Cole um convite ou uma resposta',
    answer: 'Resposta: devolva a quem convidou',
    working: 'Criando um código …',
    taken: 'Conectando …',
    connected: 'Conectado. Os outros são encontrados a partir daqui.',
    failed: 'Este código não serve. Peça outro.',
    copyFailed: 'O navegador não permitiu: o código está selecionado, copie à mão.',
  },
};

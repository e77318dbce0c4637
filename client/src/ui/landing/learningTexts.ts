import type { Language } from '../texts/languages.ts';

/** Who learns what, line by line; loaded with what shows it. */
export const learningTexts: Record<Language, readonly string[]> = {
  en: [
    'The server learns which addresses meet in which share, and when. It never has the key, a name or a file.',
    'Where no direct connection is possible, a relay passes the encrypted bytes on and learns how many there were.',
    'Whoever serves this page could serve a different one. Use a server you trust, or run your own.',
  ],
  de: [
    'Der Server erfährt, welche Adressen sich wann zu welchem Austausch treffen. Schlüssel, Namen und Dateien hat er nie.',
    'Wo keine direkte Verbindung möglich ist, reicht ein Relais die verschlüsselten Daten weiter und erfährt, wie viele es waren.',
    'Wer diese Seite ausliefert, könnte eine andere ausliefern. Nutzen Sie einen Server, dem Sie vertrauen, oder Ihren eigenen.',
  ],
  es: [
    'El servidor sabe qué direcciones se encuentran, dónde y cuándo. Nunca tiene la llave, ni un nombre, ni un archivo.',
    'Cuando no es posible una conexión directa, un repetidor pasa los bytes cifrados y sabe cuántos fueron.',
    'Quien sirve esta página podría servir otra distinta. Usa un servidor de confianza, o el tuyo propio.',
  ],
  fr: [
    'Le serveur apprend quelles adresses se retrouvent dans quel partage, et quand. Il n’a jamais ni la clé, ni un nom, ni un fichier.',
    'Quand aucune connexion directe n’est possible, un relais transmet les octets chiffrés et apprend combien il y en a eu.',
    'Qui sert cette page pourrait en servir une autre. Utilisez un serveur de confiance, ou le vôtre.',
  ],
  ja: [
    'サーバーに知られるのは、どのアドレスが、いつ、どの共有に集まったかです。鍵も名前もファイルも渡りません。',
    '直接つながらないときは中継サーバーが暗号化されたデータを渡し、その量を知ります。',
    'このページを配信する人は、別のページを配信することもできます。信頼できるサーバーか、ご自分のサーバーをお使いください。',
  ],
  pt: [
    'O servidor sabe quais endereços se encontram em qual compartilhamento, e quando. Ele nunca tem a chave, um nome ou um arquivo.',
    'Onde não há conexão direta possível, um retransmissor passa os bytes criptografados adiante e sabe quantos foram.',
    'Quem serve esta página poderia servir outra. Use um servidor em que confia, ou o seu próprio.',
  ],
};

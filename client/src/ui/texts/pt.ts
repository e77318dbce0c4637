import { Formats } from '../formats.ts';
import type { Texts } from './en.ts';

const format = new Formats('pt');

export const pt: Texts = {
  language: 'pt',
  direction: 'ltr',
  format,

  name: 'Shoal',
  home: 'Shoal, página inicial',
  shareSomething: 'Compartilhar algo',

  landing: {
    title: 'Envie arquivos direto para as pessoas',
    sentence:
      'Solte arquivos ou uma pasta e envie o link. Nada é enviado a um servidor, e quem baixa ajuda os próximos.',
    openTitle: 'Recebeu um link?',
    openPlaceholder: 'Cole aqui',
    open: 'Abrir',
    elsewhere: (host) =>
      `Este link é de ${host}, que apresenta as pessoas umas às outras. Aqui talvez não se encontre ninguém.`,
    openElsewhere: (host) => `Abrir em ${host}`,
    openAnyway: 'Tentar aqui',
    listTitle: 'Guardado neste navegador',
    untitled: 'Ainda desconhecido',
  },

  picker: {
    share: 'Solte arquivos ou uma pasta aqui',
    again: 'Solte aqui os mesmos arquivos ou a mesma pasta',
    files: 'Escolher arquivos',
    folder: 'Escolher uma pasta',
    overlay: 'Solte para compartilhar',
    overlayAgain: 'Solte para continuar compartilhando',
    reading: 'Examinando as pastas…',
    empty: 'Não há nenhum arquivo aí. Escolha algo com pelo menos um arquivo.',
    unreadable: (name) =>
      `Não foi possível ler ${name}, por isso nada foi compartilhado. Verifique se você pode abri-lo e tente de novo.`,
  },

  again: {
    give: 'Compartilhar os mesmos arquivos de novo',
    refused:
      'O navegador não pode lê-los sem a sua permissão. Pressione de novo e permita, ou escolha os arquivos abaixo.',
    gone: 'Eles não estão mais onde estavam ou não podem ser lidos. Escolha os arquivos abaixo.',
  },

  honesty: {
    title: 'Como funciona',
    lines: [
      {
        term: 'De navegador a navegador',
        words:
          'Os arquivos são criptografados aqui e vão direto para quem você convida. O servidor só apresenta vocês.',
      },
      {
        term: 'O link é a chave',
        words: 'Quem o tiver pode ler tudo; envie só a quem deve.',
      },
      {
        term: 'Você pode ser visto',
        words:
          'Quem participa do mesmo compartilhamento vê o endereço IP dos outros, como em qualquer conexão direta.',
      },
    ],
    moreTitle: 'Quem fica sabendo o quê',
  },

  settings: {
    title: 'Configurações',
    language: 'Idioma',
    uploadLimit: 'Limite de envio',
    unit: 'KiB/s',
    hint: 'Deixe vazio para não ter limite.',
    invalid: 'Um número inteiro acima de 0, ou nada.',
    relayOnly: 'Ocultar meu endereço IP',
    relayOnlyHint: 'Tudo passa por um retransmissor, se o servidor tiver um. É mais lento.',
    relayMissing: 'Este servidor não tem retransmissor, por isso não se chega a ninguém.',
    finding: 'Encontrar pessoas sem servidor',
  },

  roles: { sharer: 'Compartilhado por você', receiver: 'De um link' },

  listStates: {
    preparing: 'Preparando',
    connecting: 'Conectando',
    ready: 'Pronto para baixar',
    downloading: 'Baixando',
    complete: 'Completo',
    sharing: 'Compartilhando',
    paused: 'Pausado',
    error: 'Precisa de atenção',
    filesNeeded: 'À espera dos arquivos',
  },

  status: {
    preparing: 'Preparando. Seus arquivos são lidos e criptografados uma vez; isso leva um momento.',
    reaching: 'Conectando…',
    looking: 'Procurando quem tem isto…',
    asking: 'Conectado. Pedindo nomes e tamanhos…',
    ready: 'Pronto para baixar.',
    downloading: 'Baixando.',
    waiting: 'Esperando alguém se conectar.',
    complete: 'Completo. Cada byte está aqui e verificado.',
    helping: 'Agora você ajuda os outros: quanto mais tempo esta aba ficar aberta, melhor.',
    sharing: 'Pronto. Envie o link a quem deve receber isto.',
    pausedSharer: 'Pausado. Ninguém pode baixar de você.',
    pausedReceiver: 'Pausado. O que já está aqui fica guardado.',
    quarter: (percent) => `${format.percent(percent)} concluídos`,
    unreachable:
      'O servidor que apresenta as pessoas não responde. Quem já está conectado continua; os novos precisam esperar. Deixe esta aba aberta; ela continua tentando.',
    keepInFront: 'Mantenha esta página à frente: celulares e tablets param páginas escondidas.',
  },

  passing: {
    receiver:
      'Este navegador não guarda nada, talvez porque a janela seja privada ou os cookies estejam bloqueados. O que foi baixado se perde ao fechar esta aba; salve antes.',
    sharer:
      'Este navegador não guarda nada, talvez porque a janela seja privada ou os cookies estejam bloqueados. Ao fechar esta aba, este compartilhamento é esquecido e o link deixa de funcionar.',
  },

  opening: 'Abrindo um link',
  preparing: 'Preparando',
  wrong: 'Não deu certo',

  link: {
    title: 'Seu link',
    copy: 'Copiar',
    copied: 'Copiado',
    copyFailed: 'O navegador não permitiu: o link está selecionado, copie à mão.',
    qrFailed: 'Não foi possível carregar o código QR. Copie o link.',
    keyNote: 'Quem tiver este link pode ler tudo.',
    keepOpen: 'Deixe esta aba aberta até que alguém tenha tudo.',
    mayClose: (copies) =>
      format.plural(copies, {
        one: 'Você pode fechar esta aba: há # cópia completa fora daqui.',
        other: 'Você pode fechar esta aba: há # cópias completas fora daqui.',
      }),
    mayCloseNote: 'Os novos podem continuar enquanto uma delas estiver online.',
  },

  progress: {
    preparing: 'Preparação',
    download: 'Download',
    of: (done, size) => `${format.bytes(done)} de ${format.bytes(size)}`,
    left: (seconds) => `tempo restante: ${format.duration(seconds)}`,
    leftUnknown: 'Tempo restante desconhecido',
  },

  numbers: {
    title: 'Neste momento',
    peers: (count) => format.plural(count, { one: 'pessoa conectada', other: 'pessoas conectadas' }),
    copies: (count) => format.plural(count, { one: 'cópia completa fora', other: 'cópias completas fora' }),
    uploaded: 'enviados',
    downloaded: 'recebidos',
    down: 'de download',
    up: 'de envio',
  },

  actions: {
    download: (size) => `Baixar ${format.bytes(size)}`,
    pause: 'Pausar',
    resume: 'Continuar',
    retry: 'Tentar de novo',
    save: 'Salvar',
    saveNamed: (name) => `Salvar ${name}`,
    saveAll: 'Salvar tudo em zip',
    remove: 'Remover',
    stop: 'Parar de compartilhar',
    cancel: 'Cancelar',
    named: (label, title) => `${label}: ${title}`,
  },

  removed: {
    before: '',
    after: ' foi removido.',
    undo: 'Desfazer',
  },

  saving: {
    saving: (name) => `Salvando ${name}. Enquanto isso, deixe esta aba aberta.`,
    saved: (name) => `${name} está salvo.`,
    failed: (name) => `${name} não foi salvo.`,
    incomplete:
      'Não foi possível gravar o arquivo inteiro, por isso o navegador descarta o que havia dele. Tente de novo.',
    notBegun: (reason) =>
      `Nada foi gravado. Recarregue esta página e tente de novo; os arquivos de uma pasta também podem ser salvos um por um. (${reason})`,
    tooLarge: (limit) =>
      `Sem o armazenamento, esta janela salva no máximo ${format.bytes(limit)} de uma vez. Abra o link em uma janela normal que permita cookies.`,
    dismiss: 'Fechar',
  },

  notice: {
    ask: 'Avisar quando terminar',
    on: 'Você será avisado quando terminar.',
    denied: 'O navegador não permite que esta página avise você.',
    title: (title) => `${title} está completo`,
    body: 'Cada byte está aqui e verificado. Salve quando quiser.',
  },

  files: {
    want: (name) => `Baixar ${name}`,
    get: 'Baixar',
    wantAll: 'Escolher tudo',
    wantNone: 'Não escolher nada',
    wanted: (count, total, size) =>
      `${format.number(count)} de ${format.plural(total, { one: '# arquivo', other: '# arquivos' })}, ${format.bytes(size)}`,
    title: 'Arquivos',
    summary: (count, size) =>
      `${format.plural(count, { one: '# arquivo', other: '# arquivos' })}, ${format.bytes(size)}`,
    all: (count) => format.plural(count, { one: 'Mostrar # arquivo', other: 'Mostrar todos os # arquivos' }),
    here: 'Completo',
  },

  inviteTitle: 'Convidar com código',

  people: {
    title: 'Quem está aqui',
    nobodySharer: 'Ninguém ainda. Envie o link a alguém.',
    nobodyReceiver: 'Não há ninguém conectado agora.',
    name: (short) => `Par ${short}`,
    routes: { direct: 'direto', relayed: 'por retransmissor', unknown: 'procurando um caminho' },
    has: (percent) => `tem ${format.percent(percent)}`,
    hasAll: 'tem tudo',
    all: (count) => format.plural(count, { one: 'Mostrar # pessoa', other: 'Mostrar todas as # pessoas' }),
  },

  ways: {
    through: (ways) => `As pessoas se encontram por ${ways}.`,
    none: (ways) =>
      `Ninguém pode ser encontrado agora: ${ways}. Deixe esta aba aberta; ela continua tentando.`,
    tabs: (count) =>
      format.plural(count, { one: '# outra aba deste navegador', other: '# outras abas deste navegador' }),
    dht: 'a rede das próprias páginas (DHT)',
    peers: 'quem já está conectado',
    connecting: (host) => `${host} (conectando)`,
    waiting: (host) => `${host} (sem resposta, tentando de novo)`,
    refused: (host) => `${host} (recusa)`,
    unasked: (host) => `${host} (consultado ao baixar)`,
    named: (hosts) =>
      `Este link indica ${hosts}, onde as pessoas dele se encontram. Quem o mantém veria seu endereço e quando você participa, mas nenhum nome nem arquivo.`,
    ask: (hosts) => `Consultar ${hosts}`,
  },

  update: {
    ready: 'Uma nova versão está pronta. Ela será usada quando você abrir esta página de novo.',
    use: 'Usar agora',
  },

  trouble: {
    title: 'Problemas para conectar?',
    nobody: [
      'Ninguém que tenha isto está aqui agora. Peça a quem enviou para abrir a aba de novo; o resto continua sozinho.',
      'Se quem enviou está online, verifique se o link foi copiado inteiro, até o último caractere.',
    ],
    blocked: (members) => [
      format.plural(members, {
        one: 'Há # pessoa aqui, mas nenhuma conexão direta deu certo ainda.',
        other: 'Há # pessoas aqui, mas nenhuma conexão direta deu certo ainda.',
      }),
      'Um firewall rígido, a rede de uma empresa ou uma VPN costuma ser a causa: tente sem a VPN, ou em outra rede, como a do celular.',
      'Quem mantém este servidor pode acrescentar um retransmissor (TURN), que passa em quase todo lugar.',
    ],
    relayOnly:
      'Seu endereço IP está oculto, por isso só há conexões por retransmissor. Se este servidor não tiver um, permita conexões diretas nas configurações.',
    unreachable: [
      'O servidor que apresenta as pessoas não responde. Verifique se você está online.',
      'Algumas redes bloqueiam conexões WebSocket: tente outra.',
    ],
    wait: 'Você pode deixar esta página aberta; ela continua tentando.',
  },

  problems: {
    notShareable: (reason) => ({
      title: 'Não foi possível compartilhar estes arquivos.',
      todo: `Nada foi compartilhado. Escolha menos arquivos, ou junte-os antes em um arquivo compactado. (${reason})`,
    }),
    linkMalformed: {
      title: 'Este não é um link do Shoal.',
      todo: 'Um link termina com # e uma longa sequência de letras e números. Copie de novo, inteiro, e cole aqui.',
    },
    linkTruncated: (expected, received) => ({
      title: format.plural(expected, {
        other: `Este link está cortado: chegaram ${format.number(received)} de # caracteres.`,
      }),
      todo: 'Alguns programas cortam links longos. Peça o link de novo e copie até o último caractere.',
    }),
    linkMistyped: {
      title: 'Há um erro de digitação neste link.',
      todo: 'Os caracteres de verificação não conferem. Copie em vez de digitar, ou leia o código QR.',
    },
    linkUnsupported: {
      title: 'Esta versão não conhece este tipo de link.',
      todo: 'Recarregue a página para ter a versão mais nova, ou pergunte com qual o link foi feito.',
    },
    wrongKey: {
      title: 'A chave deste link está errada.',
      todo: 'O compartilhamento existe, mas esta chave não o abre. Peça o link de novo a quem enviou.',
    },
    metainfoInvalid: (reason) => ({
      title: 'A descrição deste compartilhamento não é válida.',
      todo: `Nada foi baixado. Peça a quem enviou para compartilhar de novo. (${reason})`,
    }),
    filesNeeded: {
      title: 'Escolha os arquivos de novo para continuar compartilhando.',
      todo: 'Depois de recarregar, um navegador não pode ler seus arquivos sozinho. Dê os mesmos, e o mesmo link continua valendo.',
    },
    filesDiffer: (names, more) => ({
      title: 'Estes não são os arquivos que foram compartilhados.',
      todo: `Faltam ou mudaram: ${format.list(
        more > 0 ? [...names, format.plural(more, { one: 'mais #', other: 'mais #' })] : names,
      )}. Escolha os originais, ou compartilhe os novos com um novo link.`,
    }),
    fileUnreadable: (name) => ({
      title: `${name} não pode mais ser lido.`,
      todo: 'Foi movido, alterado ou apagado, por isso o compartilhamento parou antes que um byte errado saísse. Escolha os arquivos de novo.',
    }),
    removedElsewhere: {
      title: 'Este compartilhamento foi removido em outra aba.',
      todo: 'Ninguém mais pode baixá-lo daqui. Tente de novo para continuar compartilhando com o mesmo link.',
    },
    storageFull: {
      title: 'Não há mais espaço no armazenamento deste navegador.',
      todo: 'O que já está aqui fica guardado. Libere espaço em disco ou remova algo que você já salvou, e tente de novo.',
    },
    storageHeld: {
      title: 'Outra versão do Shoal está com o armazenamento deste navegador.',
      todo: 'Feche as outras abas dela e recarregue esta página.',
    },
    storageGone: {
      title: 'O que estava guardado deste compartilhamento não existe mais.',
      todo: 'Ele foi removido em outra aba, ou o navegador limpou o armazenamento. Tente de novo para baixar tudo outra vez.',
    },
    storageFailed: (reason) => ({
      title: 'O armazenamento deste navegador não funciona.',
      todo: `Em uma janela privada, tente uma normal; senão, recarregue a página. (${reason})`,
    }),
  },
};

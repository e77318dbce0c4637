import { Formats } from '../formats.ts';
import type { Texts } from './en.ts';

const format = new Formats('es');

export const es: Texts = {
  language: 'es',
  direction: 'ltr',
  format,

  name: 'Shoal',
  home: 'Shoal, página de inicio',
  shareSomething: 'Compartir algo',

  landing: {
    title: 'Envía archivos directamente a las personas',
    sentence:
      'Suelta archivos o una carpeta y envía el enlace. Nada se sube a un servidor, y quien descarga ayuda a los siguientes.',
    openTitle: '¿Tienes un enlace?',
    openPlaceholder: 'Pégalo aquí',
    open: 'Abrir',
    elsewhere: (host) =>
      `Este enlace es de ${host}, que pone en contacto a su gente. Aquí quizá no se encuentre a nadie.`,
    openElsewhere: (host) => `Abrirlo en ${host}`,
    openAnyway: 'Probar aquí',
    listTitle: 'Guardado en este navegador',
    untitled: 'Aún desconocido',
  },

  picker: {
    share: 'Suelta aquí archivos o una carpeta',
    again: 'Suelta aquí los mismos archivos o la misma carpeta',
    files: 'Elegir archivos',
    folder: 'Elegir una carpeta',
    overlay: 'Suelta para compartir',
    overlayAgain: 'Suelta para seguir compartiendo',
    reading: 'Revisando las carpetas…',
    empty: 'Ahí no hay ningún archivo. Elige algo que tenga al menos uno.',
    unreadable: (name) =>
      `No se ha podido leer ${name}, así que no se ha compartido nada. Comprueba que tienes permiso para abrirlo e inténtalo de nuevo.`,
  },

  again: {
    give: 'Compartir otra vez los mismos archivos',
    refused:
      'El navegador no puede leerlos sin tu permiso. Pulsa de nuevo y permítelo, o elige los archivos abajo.',
    gone: 'Ya no están donde estaban o no se pueden leer. Elige los archivos abajo.',
  },

  honesty: {
    title: 'Cómo funciona',
    lines: [
      {
        term: 'De navegador a navegador',
        words:
          'Los archivos se cifran aquí y van directamente a quienes invitas. El servidor solo os pone en contacto.',
      },
      {
        term: 'El enlace es la llave',
        words: 'Quien lo tenga puede leerlo todo: envíalo solo a quien deba.',
      },
      {
        term: 'Se te puede ver',
        words: 'Quienes participan en lo mismo ven sus direcciones IP, como en cualquier conexión directa.',
      },
    ],
    moreTitle: 'Quién sabe qué',
  },

  settings: {
    title: 'Ajustes',
    language: 'Idioma',
    uploadLimit: 'Límite de subida',
    unit: 'KiB/s',
    hint: 'Déjalo vacío para no tener límite.',
    invalid: 'Un número entero mayor que 0, o nada.',
    relayOnly: 'Ocultar mi dirección IP',
    relayOnlyHint: 'Todo pasa por un repetidor, si el servidor tiene uno. Es más lento.',
    relayMissing: 'Este servidor no tiene repetidor, así que no se puede llegar a nadie.',
    finding: 'Encontrar gente sin servidor',
  },

  roles: { sharer: 'Compartido por ti', receiver: 'De un enlace' },

  listStates: {
    preparing: 'Preparando',
    connecting: 'Conectando',
    ready: 'Listo para descargar',
    downloading: 'Descargando',
    complete: 'Completo',
    sharing: 'Compartiendo',
    paused: 'En pausa',
    error: 'Requiere atención',
    filesNeeded: 'Espera sus archivos',
  },

  status: {
    preparing: 'Preparando. Tus archivos se leen y se cifran una vez; esto tarda un momento.',
    reaching: 'Conectando…',
    looking: 'Buscando a quienes tienen esto…',
    asking: 'Conectado. Pidiendo nombres y tamaños…',
    ready: 'Listo para descargar.',
    downloading: 'Descargando.',
    waiting: 'Esperando a que alguien se conecte.',
    complete: 'Completo. Cada byte está aquí y verificado.',
    helping: 'Ahora ayudas a los demás: cuanto más tiempo siga abierta esta pestaña, mejor.',
    sharing: 'Listo. Envía el enlace a quien deba tener esto.',
    pausedSharer: 'En pausa. Nadie puede descargar de ti.',
    pausedReceiver: 'En pausa. Lo que hay aquí se conserva.',
    quarter: (percent) => `${format.percent(percent)} hecho`,
    unreachable:
      'No se puede contactar con el servidor que pone en contacto a la gente. Quienes ya están conectados siguen; los nuevos tienen que esperar. Deja esta pestaña abierta; se sigue intentando.',
    keepInFront: 'Mantén esta página a la vista: los teléfonos y las tabletas detienen las páginas ocultas.',
  },

  passing: {
    receiver:
      'Este navegador no conserva nada, quizá porque la ventana es privada o las cookies están bloqueadas. Lo descargado se pierde al cerrar esta pestaña: guárdalo antes.',
    sharer:
      'Este navegador no conserva nada, quizá porque la ventana es privada o las cookies están bloqueadas. Al cerrar esta pestaña, esto se olvida y su enlace deja de funcionar.',
  },

  opening: 'Abriendo un enlace',
  preparing: 'Preparando',
  wrong: 'No ha funcionado',

  link: {
    title: 'Tu enlace',
    copy: 'Copiar',
    copied: 'Copiado',
    copyFailed: 'El navegador no lo ha permitido: el enlace está seleccionado, cópialo a mano.',
    qrFailed: 'No se ha podido cargar el código QR. Copia el enlace en su lugar.',
    keyNote: 'Quien tenga este enlace puede leerlo todo.',
    keepOpen: 'Mantén abierta esta pestaña hasta que alguien lo tenga todo.',
    mayClose: (copies) =>
      format.plural(copies, {
        one: 'Puedes cerrar esta pestaña: hay # copia completa fuera.',
        other: 'Puedes cerrar esta pestaña: hay # copias completas fuera.',
      }),
    mayCloseNote: 'Los nuevos pueden seguir mientras una de ellas siga conectada.',
  },

  progress: {
    preparing: 'Preparación',
    download: 'Descarga',
    of: (done, size) => `${format.bytes(done)} de ${format.bytes(size)}`,
    left: (seconds) => `tiempo restante: ${format.duration(seconds)}`,
    leftUnknown: 'Tiempo restante desconocido',
  },

  numbers: {
    title: 'Ahora mismo',
    peers: (count) => format.plural(count, { one: 'persona conectada', other: 'personas conectadas' }),
    copies: (count) => format.plural(count, { one: 'copia completa fuera', other: 'copias completas fuera' }),
    uploaded: 'enviados',
    downloaded: 'recibidos',
    down: 'de bajada',
    up: 'de subida',
  },

  actions: {
    download: (size) => `Descargar ${format.bytes(size)}`,
    pause: 'Pausar',
    resume: 'Continuar',
    retry: 'Intentar de nuevo',
    save: 'Guardar',
    saveNamed: (name) => `Guardar ${name}`,
    saveAll: 'Guardar todo en zip',
    remove: 'Quitar',
    stop: 'Dejar de compartir',
    cancel: 'Cancelar',
    named: (label, title) => `${label}: ${title}`,
  },

  removed: {
    before: 'Se ha quitado ',
    after: '.',
    undo: 'Deshacer',
  },

  saving: {
    saving: (name) => `Guardando ${name}. Mientras tanto, mantén abierta esta pestaña.`,
    saved: (name) => `${name} está guardado.`,
    failed: (name) => `${name} no se ha guardado.`,
    incomplete:
      'No se ha podido escribir entero, así que el navegador descarta lo que había. Inténtalo de nuevo.',
    notBegun: (reason) =>
      `No se ha escrito nada. Recarga esta página e inténtalo de nuevo; los archivos de una carpeta también se pueden guardar uno por uno. (${reason})`,
    tooLarge: (limit) =>
      `Sin su almacenamiento, esta ventana guarda como mucho ${format.bytes(limit)} de una vez. Abre el enlace en una ventana normal que permita cookies.`,
    dismiss: 'Cerrar',
  },

  notice: {
    ask: 'Avisarme cuando termine',
    on: 'Recibirás un aviso cuando termine.',
    denied: 'El navegador no permite que esta página te avise.',
    title: (title) => `${title} está completo`,
    body: 'Cada byte está aquí y verificado. Guárdalo cuando quieras.',
  },

  files: {
    want: (name) => `Descargar ${name}`,
    get: 'Descargar',
    wantAll: 'Elegir todo',
    wantNone: 'No elegir nada',
    wanted: (count, total, size) =>
      `${format.number(count)} de ${format.plural(total, { one: '# archivo', other: '# archivos' })}, ${format.bytes(size)}`,
    title: 'Archivos',
    summary: (count, size) =>
      `${format.plural(count, { one: '# archivo', other: '# archivos' })}, ${format.bytes(size)}`,
    all: (count) => format.plural(count, { one: 'Mostrar # archivo', other: 'Mostrar los # archivos' }),
    here: 'Completo',
  },

  inviteTitle: 'Invitar con un código',

  people: {
    title: 'Quién está aquí',
    nobodySharer: 'Nadie todavía. Envía el enlace a alguien.',
    nobodyReceiver: 'Ahora mismo no hay nadie conectado.',
    name: (short) => `Par ${short}`,
    routes: { direct: 'directo', relayed: 'por un repetidor', unknown: 'buscando un camino' },
    has: (percent) => `tiene el ${format.percent(percent)}`,
    hasAll: 'lo tiene todo',
    all: (count) => format.plural(count, { one: 'Mostrar # persona', other: 'Mostrar las # personas' }),
  },

  ways: {
    through: (ways) => `La gente se encuentra a través de ${ways}.`,
    none: (ways) =>
      `Ahora no se puede encontrar a nadie: ${ways}. Deja esta pestaña abierta; se sigue intentando.`,
    tabs: (count) =>
      format.plural(count, {
        one: '# pestaña más de este navegador',
        other: '# pestañas más de este navegador',
      }),
    dht: 'la red de las propias páginas (DHT)',
    peers: 'quienes ya están conectados',
    connecting: (host) => `${host} (conectando)`,
    waiting: (host) => `${host} (no responde, se reintenta)`,
    refused: (host) => `${host} (lo rechaza)`,
    unasked: (host) => `${host} (se le pregunta al descargar)`,
    named: (hosts) =>
      `Este enlace nombra a ${hosts}, donde se reúne su gente. Quien lo administra vería tu dirección y cuándo participas, pero ningún nombre ni archivo.`,
    ask: (hosts) => `Preguntar a ${hosts}`,
  },

  update: {
    ready: 'Hay una versión nueva lista. Se usará la próxima vez que abras esta página.',
    use: 'Usarla ahora',
  },

  trouble: {
    title: '¿Problemas para conectar?',
    nobody: [
      'Ahora mismo no hay nadie que tenga esto. Pide a quien lo envió que vuelva a abrir la pestaña; lo demás sigue solo.',
      'Si quien lo envió está conectado, comprueba que el enlace se copió entero, hasta el último carácter.',
    ],
    blocked: (members) => [
      format.plural(members, {
        one: 'Hay # persona aquí, pero todavía no se ha logrado ninguna conexión directa.',
        other: 'Hay # personas aquí, pero todavía no se ha logrado ninguna conexión directa.',
      }),
      'A menudo lo impide un cortafuegos estricto, la red de una empresa o una VPN: prueba sin la VPN o desde otra red, como la de un teléfono.',
      'Quien administra este servidor puede añadir un repetidor (TURN), que funciona casi en todas partes.',
    ],
    relayOnly:
      'Tu dirección IP está oculta, así que solo se conecta por un repetidor. Si este servidor no tiene ninguno, permite las conexiones directas en los ajustes.',
    unreachable: [
      'No se puede contactar con el servidor que pone en contacto a la gente. Comprueba que tienes conexión.',
      'Algunas redes bloquean las conexiones WebSocket: prueba con otra.',
    ],
    wait: 'Puedes dejar esta página abierta; lo sigue intentando.',
  },

  problems: {
    notShareable: (reason) => ({
      title: 'Con estos archivos no se ha podido crear nada que compartir.',
      todo: `No se ha compartido nada. Elige menos, o ponlos antes en un archivo comprimido. (${reason})`,
    }),
    linkMalformed: {
      title: 'Esto no es un enlace de Shoal.',
      todo: 'Un enlace termina en # y una larga serie de letras y cifras. Cópialo otra vez, entero, y pégalo aquí.',
    },
    linkTruncated: (expected, received) => ({
      title: format.plural(expected, {
        other: `Este enlace está cortado: han llegado ${format.number(received)} de # caracteres.`,
      }),
      todo: 'Algunos programas cortan los enlaces largos. Pídelo otra vez y cópialo hasta el último carácter.',
    }),
    linkMistyped: {
      title: 'Hay un error de escritura en este enlace.',
      todo: 'Sus caracteres de control no coinciden. Cópialo en vez de escribirlo, o escanea el código QR.',
    },
    linkUnsupported: {
      title: 'Esta versión no conoce este tipo de enlace.',
      todo: 'Recarga la página para tener la última versión, o pregunta con cuál se hizo el enlace.',
    },
    wrongKey: {
      title: 'La llave de este enlace no es la correcta.',
      todo: 'Lo compartido existe, pero esta llave no lo abre. Pide otra vez el enlace a quien lo envió.',
    },
    metainfoInvalid: (reason) => ({
      title: 'La descripción de lo compartido no es válida.',
      todo: `No se ha descargado nada. Pide que lo compartan de nuevo. (${reason})`,
    }),
    filesNeeded: {
      title: 'Elige otra vez los archivos para seguir compartiendo.',
      todo: 'Tras recargar, un navegador no puede leer tus archivos por su cuenta. Da los mismos, y el mismo enlace sigue funcionando.',
    },
    filesDiffer: (names, more) => ({
      title: 'Estos no son los archivos que se compartieron.',
      todo: `Faltan o han cambiado: ${format.list(
        more > 0 ? [...names, format.plural(more, { one: '# más', other: '# más' })] : names,
      )}. Elige los originales, o comparte los nuevos con un enlace nuevo.`,
    }),
    fileUnreadable: (name) => ({
      title: `${name} ya no se puede leer.`,
      todo: 'Se ha movido, cambiado o borrado, así que se ha dejado de compartir antes de enviar un byte erróneo. Elige otra vez los archivos.',
    }),
    removedElsewhere: {
      title: 'Esto se ha quitado en otra pestaña.',
      todo: 'Ya nadie puede descargarlo de aquí. Inténtalo de nuevo para seguir compartiéndolo con el mismo enlace.',
    },
    storageFull: {
      title: 'No queda sitio en el almacenamiento de este navegador.',
      todo: 'Lo que hay aquí se conserva. Libera espacio en el disco o quita algo que ya hayas guardado, e inténtalo de nuevo.',
    },
    storageHeld: {
      title: 'Otra versión de Shoal tiene el almacenamiento de este navegador.',
      todo: 'Cierra sus otras pestañas y recarga esta página.',
    },
    storageGone: {
      title: 'Lo que había guardado de esto ya no está.',
      todo: 'Se quitó en otra pestaña o el navegador ha vaciado su almacenamiento. Inténtalo de nuevo para volver a descargarlo.',
    },
    storageFailed: (reason) => ({
      title: 'El almacenamiento de este navegador no funciona.',
      todo: `Si la ventana es privada, prueba con una normal; si no, recarga la página. (${reason})`,
    }),
  },
};

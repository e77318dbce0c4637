import { en, type Texts } from './en.ts';

/** Languages by their BCP 47 subtag, each named in itself. */
export const languages = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  ja: '日本語',
  pt: 'Português',
} as const;

export type Language = keyof typeof languages;

/** All but English, which is there from the start, come when they are asked for. */
const loaders: Record<Language, () => Promise<Texts>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./de.ts')).de,
  es: async () => (await import('./es.ts')).es,
  fr: async () => (await import('./fr.ts')).fr,
  ja: async () => (await import('./ja.ts')).ja,
  pt: async () => (await import('./pt.ts')).pt,
};

export function loadTexts(language: Language): Promise<Texts> {
  return loaders[language]();
}

export function isLanguage(name: string): name is Language {
  return Object.hasOwn(languages, name);
}

export function languageOf({ language }: Texts): Language {
  return isLanguage(language) ? language : 'en';
}

/** The first of the wished languages that there is, whatever its region; English where there is none. */
export function pickLanguage(wished: readonly string[]): Language {
  return wished.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find(isLanguage) ?? 'en';
}

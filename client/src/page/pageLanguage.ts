import { speak } from '../ui/texts.ts';
import { isLanguage, type Language, loadTexts, pickLanguage } from '../ui/texts/languages.ts';
import type { SettingsStorage } from './settingsStorage.ts';

const CHOSEN = 'shoal.language';

/** What the person chose on an earlier visit, else what the browser asks for. */
export function preferredLanguage(storage: SettingsStorage, wished: readonly string[]): Language {
  const chosen = storage.getItem(CHOSEN) ?? '';
  return isLanguage(chosen) ? chosen : pickLanguage(wished);
}

export function rememberLanguage(storage: SettingsStorage, language: Language): void {
  storage.setItem(CHOSEN, language);
}

/** Makes the page speak a language: whatever is drawn from then on. A language that does not load changes nothing. */
export async function speakLanguage(language: Language, root: HTMLElement): Promise<void> {
  try {
    const texts = await loadTexts(language);
    speak(texts);
    root.lang = texts.language;
    root.dir = texts.direction;
  } catch {
    // Offline, or the server has a newer page by now.
  }
}

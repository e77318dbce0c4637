import { en, type Texts } from './texts/en.ts';

/**
 * What the page says, in the language it speaks now. A page speaks one language at a time, as its `lang` does; whoever
 * changes it draws the page anew.
 */
export let texts: Texts = en;

export function speak(language: Texts): void {
  texts = language;
}

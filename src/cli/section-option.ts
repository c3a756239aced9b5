/** What a person writes after --section, judged as the short names in sources.yaml are. */
import { kinds, wrongValue } from '../config/kinds.ts';

/** @returns the sentence for a name that no section can have */
export function sectionMistake(written: string): string | undefined {
  const isFine = kinds.sectionId.pattern.test(written) && kinds.sectionId.mistake(written) === undefined;
  return isFine ? undefined : wrongValue(kinds.sectionId, written);
}

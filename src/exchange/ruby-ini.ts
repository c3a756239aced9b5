/**
 * Ini files as Pluto reads them, by Ruby's `iniparser` (its README): blanks in front mean nothing, `#` and `;` begin a remark at the start
 * of a line, ` #` also behind a value; `:` is as good as `=`; settings may stand before the first section; a section's name is kept as
 * it is written.
 */
import type { IniRead, IniSection } from './ini.ts';
import { sectionNamed, settingIn } from './ini.ts';

export function readRubyIni(text: string): IniRead {
  const sections = new Map<string, IniSection>();
  const odd: { line: number; text: string }[] = [];
  let section = sectionNamed(sections, '', 1);
  for (const [index, raw] of text.split(/\r?\n|\r/).entries()) {
    const line = index + 1;
    const written = raw.trim();
    if (written === '' || /^[#;]/.test(written)) continue;
    const header = /^\[\s*([^\]]+?)\s*\]/.exec(written)?.[1];
    const setting = settingIn(written);
    if (header !== undefined) section = sectionNamed(sections, header, line);
    else if (setting === undefined) odd.push({ line, text: written });
    else section.values.set(setting.name, { value: setting.value.replace(/(^|\s)#.*$/, '').trim(), line });
  }
  return { sections: [...sections.values()], odd };
}

/** What both dialects of ini files come to: sections, and what each says. */

export interface IniValue {
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

export interface IniSection {
  readonly name: string;
  /** 1-based. */
  readonly line: number;
  /** By lower-case name, the last of each. */
  readonly values: Map<string, IniValue>;
}

export interface IniRead {
  /** In the order of the file; what stands before the first one is in a section named ''. */
  readonly sections: readonly IniSection[];
  /** Lines that are neither a section nor a setting. */
  readonly odd: readonly { readonly line: number; readonly text: string }[];
}

/** One of each name: a section that is begun twice goes on. */
export function sectionNamed(sections: Map<string, IniSection>, name: string, line: number): IniSection {
  const known = sections.get(name);
  if (known !== undefined) return known;
  const section: IniSection = { name, line, values: new Map() };
  sections.set(name, section);
  return section;
}

/** `name = value` or `name: value`, cut at whichever comes first; undefined where neither does, or nothing stands before it. */
export function settingIn(text: string): { readonly name: string; readonly value: string } | undefined {
  const at = text.search(/[:=]/);
  const name = text.slice(0, Math.max(0, at)).trim();
  return name === '' ? undefined : { name: name.toLowerCase(), value: text.slice(at + 1).trim() };
}

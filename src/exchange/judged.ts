/** Settings that come from somebody else's file, each judged by the schema of sources.yaml: one that is wrong costs itself alone. */
import { explainIssues } from '../config/explain.ts';
import { checkSettings } from '../config/schema.ts';

type Settings = Readonly<Record<string, unknown>>;

export interface Judged {
  readonly settings: Settings;
  /** A sentence for each that was left out. */
  readonly remarks: readonly string[];
}

const anyAddress = 'https://example.org/';

/** @param settings of a source, without its address */
export function judgeSource(settings: Settings): Judged {
  return judge(settings, (one) => ({ sections: { any: [{ url: anyAddress, ...one }] } }));
}

/** @param settings of a section, without its sources */
export function judgeSection(settings: Settings): Judged {
  return judge(settings, (one) => ({ sections: { any: { ...one, sources: [anyAddress] } } }));
}

function judge(settings: Settings, around: (one: Settings) => Settings): Judged {
  const said = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  if (Object.keys(said).length === 0) return { settings: {}, remarks: [] };
  if ('settings' in checkSettings(around(said))) return { settings: said, remarks: [] };
  const remarks: string[] = [];
  const kept = Object.entries(said).filter(([name, value]) => {
    const whole = around({ [name]: value });
    const checked = checkSettings(whole);
    if ('settings' in checked) return true;
    const [fault] = explainIssues(checked.issues, whole);
    remarks.push(`${name} is not taken: ${fault?.text ?? 'Relais has no such setting'}`);
    return false;
  });
  return { settings: Object.fromEntries(kept), remarks };
}

/** What `defaults` and a section may say for the sources below them. */
import { cascading as schema } from '../config/cascading.ts';

export const cascading: ReadonlySet<string> = new Set(Object.keys(schema));

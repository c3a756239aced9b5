/** The partner worlds by their ids. */
import { calais2010 } from './calais-2010.ts';
import { today } from './today.ts';
import type { World } from './world.ts';

export const worlds: Readonly<Record<'today' | 'calais-2010', World>> = { today, 'calais-2010': calais2010 };

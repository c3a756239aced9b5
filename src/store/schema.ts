/** The tables as Kysely sees them. Every table's reason is in ARCHITECTURE.md; every column's type stands here once. */
import type { Generated } from 'kysely';
import type { SafeHtml } from '../model.ts';
import type { DigestMailRow, DigestRow } from './digests.ts';
import type { WorkerRow } from './fleet.ts';
import type { HoldRow } from './holds.ts';
import type { NoticeRow, SubscriptionRow } from './hubs.ts';
import type { LeaseRow } from './lease.ts';
import type { RelationRow } from './relations.ts';
import type { WaitingRow } from './waiting.ts';

export interface Tables {
  meta: { name: string; value: string };
  sources: SourceRow;
  items: ItemRow;
  item_keys: { kind: string; key: string; item: number };
  evidence: EvidenceRow;
  revisions: RevisionRow;
  stories: StoryRow;
  story_aliases: { uid: string; story: number };
  imprints: { item: number; source: string; period: number; prints: Buffer; marks: string };
  fresh_imprints: { item: number };
  print_segments: PrintSegmentRow;
  print_postings: { place: number; bytes: Buffer };
  print_filters: { place: number; bytes: Buffer };
  print_index: { generation: number };
  stopped_prints: { print: number; source: string };
  relations: RelationRow;
  doubtful_items: { item: number };
  archives: { feed: string; number: number; stories: string };
  audit_log: AuditLogRow;
  holds: HoldRow;
  not_shown: { story: number; since: number };
  digests: DigestRow;
  digest_items: { section: string; digest: string; item: number };
  digest_mails: DigestMailRow;
  hub_notices: NoticeRow;
  subscriptions: SubscriptionRow;
  story_rulings: StoryRulingRow;
  ruled_items: { ruling: number; place: number; item: number };
  leases: LeaseRow;
  publications: { name: string; stamp: string; published_at: number; paths: string };
  waiting_items: WaitingRow;
  held_items: { source: string; guid: string; item: string; signals: string; at: number };
  rulings: { id: Generated<number>; source: string; ruling: string; at: number };
  source_days: SourceDayRow;
  news: NewsRow;
  silences: { host: string; until: number };
  pictures: PictureRow;
  missing_items: MissingRow;
  workers: WorkerRow;
  source_claims: { source: string; worker: string; until: number };
  host_turns: { host: string; worker: string; until: number };
  picture_uses: { story: number; address: string; source: string };
}

/** Instants are UTC milliseconds; JSON columns are named by what they hold. */
export interface SourceRow {
  key: string;
  feed_url: string | null;
  etag: string | null;
  last_modified: string | null;
  body_hash: string | null;
  title: string | null;
  home: string | null;
  lang: string | null;
  next_due: number;
  last_tried: number | null;
  last_success: number | null;
  last_new_item: number | null;
  failures: number;
  failing_since: number | null;
  problem: string | null;
  is_gone: number;
  asked_url: string | null;
  generator: string | null;
  marks: string | null;
  feed_hints: string | null;
  last_body: number | null;
  rhythm_ms: number | null;
  last_abandoned: number | null;
  move: string | null;
  held: string | null;
  stopped_since: number | null;
  silent_since: number | null;
  standing: string | null;
  presumed_gone_since: number | null;
  empty_visits: number | null;
  cut_visits: number | null;
  guids_shared: number | null;
  body_url: string | null;
  wait_until: number | null;
  permissions: string | null;
  wishes: string | null;
  wishes_asked: number | null;
  flaws: string | null;
  moved_from: string | null;
  certificate_until: number | null;
  hub_offer: string | null;
  said_failing: number | null;
  said_held: number | null;
}

/** A day is its UTC midnight. */
export interface SourceDayRow {
  source: string;
  day: number;
  answered: number;
  failed: number;
  new_items: number;
}

export interface NewsRow {
  id: Generated<number>;
  source: string;
  name: string;
  kind: string;
  at: number;
  words: string;
  is_told: Generated<number>;
  is_said: Generated<number>;
}

export interface ItemRow {
  id: Generated<number>;
  source: string;
  guid: string;
  hash: string;
  story: number;
  role: string;
  via: string | null;
  url: string | null;
  urls: string;
  cites: string;
  source_element: string | null;
  title: string;
  html: SafeHtml;
  text: string;
  is_excerpt: number;
  authors: string;
  lang: string;
  /** JSON; null where it is in one. */
  langs: string | null;
  dir: string;
  published: number | null;
  published_text: string | null;
  updated: number | null;
  date: number;
  seen: number;
  revised_at: number | null;
  categories: string;
  enclosures: string;
  /** JSON; null where it tells of none. */
  events: string | null;
  /** From when on all of them are over, wherever the clocks are. */
  events_until: number | null;
  rights: string | null;
  /** JSON; null where its authors ask nothing of it alone. */
  wish: string | null;
  is_settled: number;
  withdrawn_at: number | null;
  withdrawn_because: string | null;
  /** 'source' or 'maintainer'; null of one that stands, or whose words no section keeps any more. */
  withdrawn_by: string | null;
  /** The item that it went along with. */
  withdrawn_with: number | null;
  /** Its row has no words in it any more; nor has anything else. */
  is_emptied: Generated<number>;
  is_wiped: Generated<number>;
  /** Taken back no more, without its words: it is shown once its source lists it again. */
  is_awaited: Generated<number>;
  /** The maintainer has said that it stays, whatever becomes of others that carry its words. */
  is_let_in: Generated<number>;
  /** Taken back by the maintainer, words and all kept, until the maintainer says otherwise. */
  hidden_at: number | null;
  first_import: Generated<number>;
}

export interface PrintSegmentRow {
  id: Generated<number>;
  period: number;
  postings: number;
  pieces: number;
  /** Of one that is in the making. */
  next_piece: number | null;
  merged_into: number | null;
}

export interface PictureRow {
  /** Where its partner has it. */
  address: string;
  state: 'wanted' | 'copied' | 'counter' | 'given-up';
  tries: number;
  next_try: number;
  /** What went wrong the last time, of one that is not. */
  why: string | null;
  /** Name of the file and size in pixels, of one that is copied. */
  file: string | null;
  width: number | null;
  height: number | null;
}

export interface MissingRow {
  item: number;
  since: number;
  state: 'unasked' | 'gone' | 'there' | 'unclear' | 'no-page' | 'held' | 'kept';
  /** Looks at its page that have said nothing. */
  tries: Generated<number>;
  /** Null where nobody looks any more. */
  next_check: number | null;
  /** The first 404 or 410 of its page, and which. */
  first_gone: number | null;
  first_status: number | null;
  checked_at: number | null;
  /** The last answer, in words for the maintainer. */
  answer: string | null;
}

export interface EvidenceRow {
  item: number;
  position: number;
  kind: string;
  strength: number;
  says: string;
  quote: string;
  target_source: string | null;
  target_url: string | null;
  target_name: string | null;
}

export interface StoryRulingRow {
  id: Generated<number>;
  /** JSON, as `against`. */
  ruling: string;
  at: number;
  because: string;
  /** Null until the items it is about have been met together. */
  against: string | null;
}

export interface AuditLogRow {
  id: Generated<number>;
  at: number;
  who: string;
  act: string;
  subject: string;
  source: string | null;
  because: string;
}

export interface RevisionRow {
  item: number;
  replaced_at: number;
  title: string;
  html: SafeHtml;
  authors: string;
  enclosures: string;
  url: string | null;
  /** Null of versions from before it was kept. */
  published: number | null;
  /** Null of versions from before it was kept. */
  events: string | null;
  is_silent: number;
}

export interface StoryRow {
  id: Generated<number>;
  uid: string;
  created: number;
  changed: number;
  date: number;
  /** What feeds say for good; null until they have said it. */
  published: Generated<number | null>;
  original_item: number | null;
  original_source: string | null;
  original_name: string | null;
  original_url: string | null;
  /** Null where nobody has decided since there was such a thing. */
  confidence: string | null;
  /** JSON: the authors of a joint text; null for a text of one group. */
  jointly: string | null;
}

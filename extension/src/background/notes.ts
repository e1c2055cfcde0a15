// What there is to tell the person of a tab. Each note belongs to the site that it was made on: another site's page in the
// same tab neither shows it nor counts as having told it.

import type { GuardSender } from "./senders.js";
import type { Notes, SiteNotes, TabFacts } from "./tabs.js";

export const NO_NOTES: Notes = { unread: false, missed: false, pressAgain: false };

/** What there is to tell on a page of this site. */
export function notesOf({ notes }: TabFacts, origin: string | null): Notes {
  return (origin === null ? undefined : notes[origin]) ?? NO_NOTES;
}

export function noted(facts: TabFacts, origin: string, told: Partial<Notes>): TabFacts {
  return { ...facts, notes: { ...facts.notes, [origin]: { ...notesOf(facts, origin), ...told } } };
}

export function toldOf(facts: TabFacts, origin: string): TabFacts {
  const { [origin]: _, ...notes } = facts.notes;
  return { ...facts, notes };
}

/** A page that began anew holds no released draft; what went unread stays so until it is told. */
export function withoutPresses(notes: SiteNotes): SiteNotes {
  const unread = Object.entries(notes).filter(([, note]) => note.unread || note.missed);
  return Object.fromEntries(unread.map(([origin, note]) => [origin, { ...note, pressAgain: false }]));
}

/**
 * The site that a guard's word is about. A page may speak while it goes, when the tab is already another's: its own
 * origin tells, and of a frame the page that it was reported with. Null where that page is no longer known.
 */
export function pageOf({ guards }: TabFacts, { frameId, origin, topOrigin }: GuardSender): string | null {
  if (frameId === 0) return origin;
  const isKnown = guards.some((guard) => guard.frameId === frameId && guard.origin === origin);
  return isKnown ? (guards.find((guard) => guard.frameId === 0)?.origin ?? topOrigin) : null;
}

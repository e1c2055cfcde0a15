// Every message between the parts of the extension, as closed unions: a new kind does not compile until each
// receiver handles it. Drafts travel in these messages and are kept nowhere on the way.

import type { IdentitySetting, Recipients, Review, Surface } from "./review.js";
import type {
  Considered,
  KeyReading,
  Officer,
  PolicyView,
  RulesChoice,
  RulesNotice,
  RulesView,
} from "./rules.js";

/** Names one held submission: "<frameId>.<128 random bits in hex>". A page cannot guess it. */
export type HoldId = string;

/** A draft as a guard read it. The person's setting for the site is added by the background. */
export interface DraftReading {
  readonly text: string;
  readonly surface: Surface | null;
  readonly displayName: string | null;
  readonly handle: string | null;
}

// ---------------------------------------------------------------- guard ⇄ background, over the port "guard"
// The port is open while a composer has focus or a submission is held, and closed otherwise, so that the worker may sleep.

/** `composer` numbers the composers of one guard: a later request of the same one takes the place of the earlier. */
export type GuardRequest = {
  readonly kind: "review";
  readonly seq: number;
  readonly composer: number;
  readonly draft: DraftReading;
};

export type GuardReply =
  /**
   * First the rules' review. Where it is not `complete`, one with the same `seq` follows when all has been read, unless a
   * later draft came; before that another may come in which the words beside an edit count as they were read before it.
   */
  | { readonly kind: "review"; readonly seq: number; readonly review: Review; readonly complete: boolean }
  /** The engine could not read it; the guard says so and the person decides. */
  | { readonly kind: "failed"; readonly seq: number; readonly why: "engine" | "off" };

// ---------------------------------------------------------------- one-shot messages to the background

/** What a guard is told about its site. `active` false: do nothing at all. */
export interface GuardState {
  readonly active: boolean;
  /** This frame's number in its tab, with which its hold ids begin. */
  readonly frameId: number;
  /** True where this guard stands in the tab's top frame. */
  readonly top: boolean;
  readonly identity: IdentitySetting;
  /** Names the rules in force: where it changes, every draft is reviewed anew. */
  readonly rules: string;
  /** False where the council's policy lets a held post only be edited. */
  readonly allowPostAnyway: boolean;
  /** Top frame: true where frames below are known to hold drafts. */
  readonly below: boolean;
  /** Controls that this site's earlier use showed to publish, by signature. */
  readonly learnt: readonly LearntControl[];
}

/** A signature is cut here, so that a page with endless names of classes can't fill the storage. */
export const LONGEST_SIGNATURE = 300;

/** Something on a site that turned out to publish (or not), by a signature without any of the person's text. */
export interface LearntControl {
  readonly signature: string;
  readonly publishes: boolean;
}

/**
 * Whether a lesson says something new beside what is `known` of its signature. What publishes may do something else at
 * times, as Enter does that goes on with a list: that it publishes stands.
 */
export const teaches = (lesson: LearntControl, known: LearntControl | undefined): boolean =>
  known === undefined || (lesson.publishes && !known.publishes);

export type Decision = "edit" | "post";

export type ToBackground =
  // from guards
  /** `since`: when its document began, in milliseconds of the clock on the wall. */
  | { readonly kind: "guard/hello"; readonly since: number }
  /** Show the panel for this hold: in the tab's top frame, or in a window where `inPage` is false. */
  | { readonly kind: "guard/hold"; readonly hold: HoldId; readonly inPage: boolean }
  /** The hold is over (released, edited elsewhere, navigated): take the panel away. */
  | { readonly kind: "guard/unhold"; readonly hold: HoldId }
  /**
   * This frame has, or no longer has, a draft in one of its composers: told to the frames above it. Said again while
   * it has one, it means that a draft which was let through has changed since.
   */
  | { readonly kind: "guard/drafting"; readonly drafting: boolean }
  /** A guard above asks the drafting frames below it for reviews of exactly what they hold now. */
  | { readonly kind: "guard/ask-frames" }
  /**
   * The frames' drafts are released by the guard above: their next submission of exactly the texts that it was told of
   * passes. Not granted where one of them changed since.
   */
  | { readonly kind: "guard/grant-frames" }
  | { readonly kind: "guard/learn"; readonly control: LearntControl }
  /** What was learnt under this signature was wrong. */
  | { readonly kind: "guard/unlearn"; readonly signature: string }
  /**
   * A draft may have gone without being read: it vanished after the press of a control that was not recognised as a
   * submission, or an act passed while the background could not be asked.
   */
  | { readonly kind: "guard/unread"; readonly why: "control" | "not-ready" }
  /** The person backed out of a hold without the panel (Esc before it was there): the same as its `edit`. */
  | { readonly kind: "guard/edit"; readonly hold: HoldId }
  /** A released draft is still there: the site took no notice. The person's own next press will pass; tell them so. */
  | { readonly kind: "guard/press-again" }
  /** A draft passed before it had been read for its meaning. */
  | { readonly kind: "guard/partly-read" }
  // from the panel
  // (`tabId` is the tab that holds, for a panel in a window of its own; null for one inside that tab)
  | { readonly kind: "panel/open"; readonly hold: HoldId; readonly tabId: number | null }
  | {
      readonly kind: "panel/decide";
      readonly hold: HoldId;
      readonly tabId: number | null;
      readonly decision: Decision;
    }
  | {
      readonly kind: "panel/identity";
      readonly hold: HoldId;
      readonly tabId: number | null;
      readonly identity: IdentitySetting;
    }
  /** How high the panel's content stands, in CSS pixels, so that its frame in the page fits it. */
  | {
      readonly kind: "panel/size";
      readonly hold: HoldId;
      readonly tabId: number | null;
      readonly height: number;
    }
  // from popup and options
  /** `origin` is the tab's site where the asker knows it: the browser names a tab's address only once it is granted. */
  | { readonly kind: "site/state"; readonly tabId: number; readonly origin: string | null }
  /** What there was to tell of this site's pages in the tab stands before the person: it need not be told again. */
  | { readonly kind: "site/told"; readonly tabId: number; readonly origin: string }
  /** Loads the engine, where that is not done. */
  | { readonly kind: "rules/label" }
  /** Said before the browser's permission is asked, so that the grant switches the site on even if the popup closes. */
  | { readonly kind: "site/intend"; readonly origin: string; readonly tabId: number | null }
  | {
      readonly kind: "site/switch";
      readonly origin: string;
      readonly on: boolean;
      readonly tabId: number | null;
    }
  | { readonly kind: "site/identity"; readonly origin: string; readonly identity: IdentitySetting }
  | { readonly kind: "site/forget"; readonly origin: string }
  /** What has been read of the composers of a tab's page. */
  | { readonly kind: "site/drafts"; readonly tabId: number }
  | { readonly kind: "sites/list" }
  // from the options page: files and their parts as base64, keys as their line of text
  | { readonly kind: "rules/view" }
  /** Looks at a file; nothing is kept. */
  | { readonly kind: "rules/consider"; readonly file: string }
  | { readonly kind: "rules/install"; readonly file: string }
  | { readonly kind: "rules/choose"; readonly choice: RulesChoice }
  /** What was in force before is in force again; said once more, that is undone. */
  | { readonly kind: "rules/go-back" }
  | { readonly kind: "keys/read"; readonly words: string }
  | { readonly kind: "keys/trust"; readonly key: string; readonly bundles: readonly string[] }
  | { readonly kind: "keys/distrust"; readonly key: string }
  /** Whether drafts are read for their meaning too. */
  | { readonly kind: "semantic/choose"; readonly on: boolean }
  | {
      readonly kind: "check";
      readonly draft: DraftReading;
      readonly identity: IdentitySetting;
      readonly recipients: Recipients | null;
    }
  /** The page that `Check selection` opened asks for the selected words; they are handed over once. */
  | { readonly kind: "check/selection"; readonly token: string };

/** What stands in a composer, as a frame answers the guard above it or the popup. */
export interface FrameDraft {
  readonly text: string;
  readonly review: Review | null;
  /** False where it was not read to the end. */
  readonly complete: boolean;
}

/** What the panel shows. `why` says why the drafts are held. */
export interface HoldDescription {
  readonly hold: HoldId;
  readonly origin: string;
  readonly why: "warn" | "unread";
  readonly identity: IdentitySetting;
  readonly drafts: readonly FrameDraft[];
  readonly bundle: BundleLabel | null;
  /** False where the council's policy lets these drafts only be edited. The guard says true; the background knows. */
  readonly mayPost: boolean;
  /** False where the council's policy decides how people appear: then there is nothing to ask. Known as above. */
  readonly mayAnswer: boolean;
  readonly officer: Officer | null;
}

export interface BundleLabel {
  readonly id: string;
  readonly serial: number;
  readonly authority: string;
}

export interface SiteEntry {
  readonly origin: string;
  readonly on: boolean;
  /** False where the browser's permission was withdrawn. */
  readonly granted: boolean;
  readonly identity: IdentitySetting;
  /** What of this the council's policy decides. */
  readonly byPolicy: { readonly on: boolean; readonly identity: boolean };
}

export interface IdentityReading {
  readonly identified: boolean | null;
  readonly ground: "setting" | "name" | "handle" | "draft" | "nothing";
}

/** What became of held drafts, and how many went unread, on all sites together. No text, no site, no time. */
export interface Counts {
  readonly edited: number;
  readonly posted: number;
  readonly unread: number;
  readonly partly: number;
}

/** Whether drafts are read for their meaning, and who decides it. */
export interface Switch {
  readonly on: boolean;
  /** The council's policy decides. */
  readonly byPolicy: boolean;
  /** The rules in force do without it. */
  readonly offByRules: boolean;
  /** It could not be loaded when it was last wanted. */
  readonly failed: boolean;
}

/** What the popup shows of the tab in front. `origin` is null where no extension may run (browser pages). */
export interface TabState {
  readonly origin: string | null;
  readonly site: SiteEntry | null;
  /** False where the page in front has no guard, as one has that was open before its site was switched on. */
  readonly guarded: boolean;
  /** Last reading of who writes here, and what decided it: never the words themselves. Null before any reading. */
  readonly reading: IdentityReading | null;
  /** A post may have gone by a control that nobody knew. */
  readonly unread: boolean;
  /** A post may have gone before the background was ready. */
  readonly missed: boolean;
  /** A released draft is still there: the person's own next press of the site's button will pass. */
  readonly pressAgain: boolean;
  /** Origins of frames in this tab that hold comment boxes of another site, which may be switched on too. */
  readonly frameOrigins: readonly string[];
}

/** What the popup says of the rules in force. */
export interface RulesLabel {
  /** Null where nothing can be read. */
  readonly bundle: BundleLabel | null;
  readonly notice: RulesNotice | null;
  readonly locale: string | null;
  /** Drafts are to be read for their meaning too, and could not be when that was last wanted. */
  readonly meaningMissed: boolean;
}

/** How an answer travels. A bare nothing would not do: some browsers make it the `null` that many answers are. */
export type Reply<A> = { readonly answer: A } | { readonly failed: true };

/** The answer to each message above. */
export interface Answers {
  "guard/hello": GuardState;
  "guard/hold": { readonly shown: boolean };
  "guard/unhold": null;
  "guard/drafting": null;
  "guard/ask-frames": { readonly drafts: readonly FrameDraft[] };
  "guard/grant-frames": { readonly granted: boolean };
  "guard/learn": null;
  "guard/unlearn": null;
  "guard/unread": null;
  "guard/edit": null;
  "guard/press-again": null;
  "guard/partly-read": null;
  "panel/open": HoldDescription | null;
  "panel/decide": null;
  "panel/identity": HoldDescription | null;
  "panel/size": null;
  "site/state": TabState;
  "site/told": null;
  "rules/label": RulesLabel;
  "site/intend": null;
  "site/switch": SiteEntry;
  "site/identity": SiteEntry;
  "site/forget": null;
  "site/drafts": { readonly drafts: readonly FrameDraft[] };
  "sites/list": {
    readonly sites: readonly SiteEntry[];
    readonly bundle: BundleLabel | null;
    readonly counts: Counts;
    readonly policy: PolicyView;
    readonly semantic: Switch;
  };
  "rules/view": RulesView;
  "rules/consider": Considered;
  "rules/install": Considered;
  "rules/choose": null;
  "rules/go-back": null;
  "keys/read": KeyReading;
  "keys/trust": null;
  "keys/distrust": null;
  "semantic/choose": Switch;
  check: Review | { readonly failed: "engine" };
  "check/selection": { readonly text: string | null };
}

// ---------------------------------------------------------------- background → guards, by tabs.sendMessage to one frame

export type ToGuard =
  /** Whether there is a guard to answer at all, and of which site its document is. */
  | { readonly kind: "here" }
  /**
   * Only to a tab's top frame: show the panel for a hold of any frame of the tab, as an iframe of
   * `panel.html#<hold>` with `allow="clipboard-write"`.
   */
  | { readonly kind: "panel/show"; readonly hold: HoldId }
  | { readonly kind: "panel/hide"; readonly hold: HoldId }
  /** The panel of `hold` is up and reading: its frame loaded. */
  | { readonly kind: "panel/ready"; readonly hold: HoldId }
  /** Only to a tab's top frame: fit the panel's frame to its content. */
  | { readonly kind: "panel/size"; readonly hold: HoldId; readonly height: number }
  | { readonly kind: "hold/describe"; readonly hold: HoldId }
  | { readonly kind: "hold/decide"; readonly hold: HoldId; readonly decision: Decision }
  /** The person said how they appear here while the submission is held: review again. */
  | { readonly kind: "hold/review-again"; readonly hold: HoldId }
  | { readonly kind: "state"; readonly state: GuardState }
  /** What you know of the drafts in your composers, to be shown to the person. Asks for nothing, changes nothing. */
  | { readonly kind: "drafts" }
  /** To frames above: whether any frame below holds a draft now. */
  | { readonly kind: "frames/drafting"; readonly drafting: boolean }
  /** To frames below: review exactly what your composers hold now. */
  | { readonly kind: "frames/review" }
  /** To frames below: let go exactly what you were last asked about. */
  | { readonly kind: "frames/grant" };

export interface GuardAnswers {
  /** `origin`: the page's own; null for an opaque one. */
  here: { readonly origin: string | null };
  "panel/show": { readonly shown: boolean };
  "panel/hide": null;
  "panel/ready": null;
  "panel/size": null;
  "hold/describe": HoldDescription | null;
  /** False where nothing is held under that name any more. */
  "hold/decide": { readonly held: boolean };
  "hold/review-again": HoldDescription | null;
  state: null;
  drafts: { readonly drafts: readonly FrameDraft[] };
  "frames/drafting": null;
  "frames/review": { readonly drafts: readonly FrameDraft[] };
  "frames/grant": { readonly granted: boolean };
}

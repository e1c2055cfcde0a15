// Reads what a control calls itself: whether it says that it publishes, or that it does something else. English and
// Welsh. It knows words only, nothing of where the control stands.

/** Lower case, letters only: "Post reply (3)" reads "post reply", "Save & close" "save and close". */
export const plain = (name: string): string =>
  name
    .normalize("NFKC")
    .replace(/(?<=\S\s*)&/gu, " and ")
    .replace(/[^\p{L}'’]+/gu, " ")
    .trim()
    .toLowerCase();

const VERBS =
  "post|send|publish|reply|comment|submit|tweet|toot|share|save|update|respond|answer|retweet|repost|quote|broadcast|announce|chat";
const VERBS_CY =
  "postio|postiwch|anfon|anfonwch|danfon|cyhoeddi|cyhoeddwch|ymateb|ateb|atebwch|cyflwyno|cyflwynwch|rhannu|cadw|diweddaru|trydar|gwneud sylw|sylw";
const MAKING =
  "add|create|start|leave|write|make|finish|complete|new|ychwanegu|creu|dechrau|gadael|ysgrifennu";
const THINGS =
  "reply|replies|comment|comments|post|message|topic|thread|discussion|conversation|response|answer|review|note|status|update|entry|article|story|question|tweet|toot|ateb|ymateb|sylw|post|postiad|neges|pwnc|trafodaeth|cwestiwn|erthygl|cofnod";

/** One thing more beside what is written already is a new box: "Add another post". */
const PUBLISHING = new RegExp(
  `^((yes|ok|please|quick|fast|add|public|now|sign and|agree and|save and|review and) )?(${VERBS}|${VERBS_CY})(\\b|$)` +
    `|^(?!.*\\b(another|one more|arall)\\b)(${MAKING}) (\\S+ ){0,3}(${THINGS})\\b` +
    `|\\band (post|send|publish|submit|share)\\b`,
  "u",
);
/** What begins so publishes whatever it names besides: a photo, a report, that one follows or is told of replies. */
const SURE = new RegExp(
  "^((yes|ok|please|quick|fast|public|now|sign and|agree and|save and|review and) )?" +
    "(post|send|publish|reply|comment|submit|save edits?|overwrite edits?|(close|reopen) (\\S+ ){0,2}(with|and) comment" +
    "|postio|postiwch|anfon|anfonwch|danfon|cyhoeddi|cyhoeddwch|ymateb|ateb|atebwch|cyflwyno|cyflwynwch)(\\b|$)",
  "u",
);
/** Nothing is pressed any more when the time has come; what only opens a choice of times mostly names what it is for. */
const SCHEDULING = /^(schedule( (send|message|e?mail|newsletter))?|amserlennu)$/u;
/** What is published is the page's article, whatever stands nearest. */
const PUBLISHING_ALL = /^(publish|cyhoeddi|cyhoeddwch)\b/u;
/** Unless it says that nothing goes, not yet, or that it is about how posts are written and shown. */
const NOT_NOW =
  /\b(draft|drafts|preview|cancel|discard|delete|remove|clear|dismiss|undo|schedule|scheduled|later|option|options|setting|settings|preferences|menu|format|formatting|font|size|template|templates|audience|who can|privacy|guidelines|rules|help|search|filter|sort|code|password|login|log in|sign in|sign up|signin|signup|register|unsubscribe|canslo|rhagolwg|drafft|dileu|tynnu|clirio|dadwneud|amserlennu|nes ymlaen|gosodiadau|dewislen|chwilio|mewngofnodi|cofrestru)\b/u;
const OTHER =
  /\b(cancel|preview|draft|drafts|discard|delete|remove|clear|close|dismiss|back|undo|redo|attach|attachment|upload|image|images|photo|photos|picture|video|gif|gifs|file|files|poll|emoji|emojis|smiley|sticker|stickers|bold|italic|underline|strikethrough|quote block|code|link|links|url|list|heading|font|colour|color|size|format|formatting|insert|menu|more|options|settings|preferences|search|find|filter|sort|edit|copy|report|block|mute|follow|like|unlike|favourite|favorite|bookmark|subscribe|unsubscribe|notify|log|login|sign in|sign up|signin|signup|register|password|template|templates|audience|who can|privacy|schedule for later|later|show|hide|view|read|load|expand|collapse|help|guidelines|rules|canslo|rhagolwg|drafft|dileu|tynnu|clirio|cau|yn ôl|dadwneud|atodi|llun|lluniau|fideo|ffeil|trwm|italig|dolen|dewislen|mwy|gosodiadau|chwilio|golygu|copïo|mewngofnodi|cofrestru|hoffi|dilyn|nes ymlaen|dangos|cuddio)\b/u;
/** What saving leads to afterwards is no other act: "Save & close", "Update and view post". */
const AFTERWARDS = new RegExp(
  `^((?:save|update|cadw|diweddaru)\\b.*) (?:and (?:close|view)|a (?:chau|gweld|dangos))(?: (?:it|this|the|your|page|window|editor|issue|ticket|${THINGS}))*$`,
  "u",
);
const MOST_WORDS = 7;

/** "Post reply", "Send", "Save changes", "Cyhoeddi": yes. "Save draft", "Attach file", a whole sentence: no. */
export function readsAsPublishing(name: string): boolean {
  const words = plain(name);
  if (words === "" || words.split(" ").length > MOST_WORDS) return false;
  return saysSurely(words) || (PUBLISHING.test(words) && !namesOther(words));
}

/** Begins with the very verb: "Post", "Send to all". Not "Save", "Update" or "Share", which may mean less. */
export const readsAsSurelyPublishing = (name: string) => saysSurely(plain(name));

/** "Schedule", "Schedule send". */
export const readsAsScheduling = (name: string) => SCHEDULING.test(plain(name));

/** "Publish", "Publish now". */
export const readsAsPublishingAll = (name: string) =>
  PUBLISHING_ALL.test(plain(name)) && readsAsSurelyPublishing(name);

/** "Quote", "Quote whole post": sends on its own where it is the only one, and is a tool beside what sends. */
export const readsAsQuoting = (name: string) => /^(quote|dyfynnu|dyfynnwch)\b/u.test(plain(name));

const saysSurely = (words: string) =>
  SCHEDULING.test(words) ||
  (words.split(" ").length <= MOST_WORDS && SURE.test(words) && !NOT_NOW.test(words));

/** Says that it does something other than publish. */
export function readsAsOther(name: string): boolean {
  const words = plain(name);
  return namesOther(words) && !saysSurely(words);
}

const namesOther = (words: string) => OTHER.test(words.replace(AFTERWARDS, "$1"));

const DISCARDING =
  /\b(cancel|discard|delete|remove|clear|draft|drafts|preview|dismiss|undo|canslo|dileu|tynnu|clirio|drafft|rhagolwg|dadwneud)\b|^(close|cau)( (this|the|dialog|window|editor|composer|box|panel|popup|form|menu|without \S+))*$/u;
const ELSEWHERE =
  /\b(back|hide|collapse|view|show|read|load|more|expand|search|find|filter|sort|options|settings|preferences|menu|help|log out|logout|sign out|log in|login|sign in|sign up|yn ôl|cuddio|dangos|mwy|chwilio|gosodiadau|dewislen|mewngofnodi)\b/u;

/** Says that it lets the draft go or leads away from it: a draft that is gone after it went by the person's own wish. */
export function readsAsLeaving(name: string): boolean {
  const words = plain(name);
  return DISCARDING.test(words) || (ELSEWHERE.test(words) && !PUBLISHING.test(words));
}

const ICON = new Set([
  "send",
  "submit",
  "publish",
  "tweet",
  "toot",
  "anfon",
  "cyhoeddi",
  "airplane",
  "plane",
]);

/**
 * Whether the names that a page gives to an icon (classes, test ids, symbol names) speak of sending: the last resort
 * for a button without words.
 */
export function readsAsSendingIcon(names: readonly string[]): boolean {
  const tokens = names
    .join(" ")
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/gu);
  return tokens.some((token) => ICON.has(token)) && !OTHER.test(tokens.join(" "));
}

// A day as people write it.

/** "2026-05-07" as "7 May 2026", or as the council's policy has dates written. */
export function writtenDay(day: string, locale: string | null): string {
  return new Intl.DateTimeFormat(locale ?? "en-GB", { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

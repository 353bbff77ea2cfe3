/** The days and times that the examples on the settings' page speak of. */

const DAY_MINUTES = 24 * 60;
const ASKED_AT = 14 * 60;

/** When an order placed at 14:00 is given up: the time of day, and how many days later. */
export function givenUpAt(minutes: number): { time: string; days: number } {
  const at = ASKED_AT + minutes;
  const two = (number: number) => String(number).padStart(2, "0");
  const ofDay = at % DAY_MINUTES;
  return {
    time: `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`,
    days: Math.floor(at / DAY_MINUTES),
  };
}

/** The day so many days after another, as the server writes days. */
export function dayAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

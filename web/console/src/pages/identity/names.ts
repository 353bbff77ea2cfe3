import type { NamedMember } from "../../api/identity";

/** As people say it: the name, or the number where there is none, or none for whoever asks. */
export const nameOf = ({ name, number }: Pick<NamedMember, "name" | "number">): string => name ?? number;

const NEARLY_SURE_BPS = 9_990;

/** A probability that is never rounded up to certainty. */
export const probability = (bps: number, percent: (bps: number) => string): string =>
  bps > NEARLY_SURE_BPS ? `>${percent(NEARLY_SURE_BPS)}` : percent(bps);

import type { NamedMember } from "../../api/identity";

/** As people say it: the name, or the number where there is none, or none for whoever asks. */
export const nameOf = ({ name, number }: Pick<NamedMember, "name" | "number">): string => name ?? number;

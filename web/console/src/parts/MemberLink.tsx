import { Link } from "react-router";
import { useCan } from "../app/session";

interface Props {
  member: { id: string; number: string; name: string | null };
  tab?: "overview" | "wallet" | "rights" | "identities";
}

/** By name, or by number where names are not for this person; a link where she may look. */
export function MemberLink({ member, tab = "wallet" }: Props) {
  const can = useCan();
  const shown = member.name ?? member.number;
  if (!can("members.read")) return shown;
  return <Link to={`/members/${member.id}${tab === "overview" ? "" : `?tab=${tab}`}`}>{shown}</Link>;
}

import { useNavigate } from "react-router";
import type { Tree } from "../api/segments";
import { useCan } from "../app/session";

/** What a segment that is about to be written begins with. */
export interface Begun {
  name: string;
  tree: Tree;
}

/** Opens a rule in the builder, for those who may write segments; else null. */
export function useBeginSegment(): ((begun: Begun) => void) | null {
  const navigate = useNavigate();
  const may = useCan()("segments.write");
  return may ? (begun) => navigate("/segments/new", { state: begun }) : null;
}

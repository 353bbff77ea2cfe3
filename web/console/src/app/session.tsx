import { createContext, type ReactNode, useContext } from "react";
import type { Session } from "../api/types";
import type { Permission } from "./permissions";

const Context = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Context value={session}>{children}</Context>;
}

/** Who is signed in. Only inside the signed-in part of the tree. */
export function useSession(): Session {
  const session = useContext(Context);
  if (session === null) throw new Error("useSession needs a signed-in page around it");
  return session;
}

/** The same question as the server asks, so that a page shows only what will work. */
export function useCan(): (permission: Permission) => boolean {
  const { permissions } = useSession();
  return (permission) => permissions.includes(permission);
}

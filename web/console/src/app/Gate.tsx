import { Navigate, Outlet, useLocation } from "react-router";
import { useSessionQuery } from "../api/session";
import { ErrorState } from "../parts/states";
import { homeOf } from "./pages";
import { SessionProvider, useSession } from "./session";

/** Lets only the signed-in through; the others sign in and come back to where they wanted to go. */
export function Gate() {
  const { data, error, isPending, refetch } = useSessionQuery();
  const { pathname, search } = useLocation();
  if (isPending) return null;
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) {
    const wanted = pathname === "/" ? "" : `?next=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/sign-in${wanted}`} replace />;
  }
  return (
    <SessionProvider session={data}>
      <Outlet />
    </SessionProvider>
  );
}

export function Home() {
  const { role, permissions } = useSession();
  return <Navigate to={homeOf(role, permissions)} replace />;
}

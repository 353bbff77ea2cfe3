import { useEffect } from "react";
import { useRouteError } from "react-router";
import { ErrorState } from "../parts/states";

const RELOADED = "shuke.reloaded";
const AGAIN_MS = 10_000;

/** After an upgrade an open page asks for code that is gone: load the new page, but only once. */
function codeIsGone(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
}

export function Crashed() {
  const error = useRouteError();
  useEffect(() => {
    const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
    if (!codeIsGone(error) || Date.now() - last < AGAIN_MS) return;
    sessionStorage.setItem(RELOADED, String(Date.now()));
    window.location.reload();
  }, [error]);
  return <ErrorState error={error} onRetry={() => window.location.reload()} />;
}

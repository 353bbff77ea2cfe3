import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Identifier, MemberIdentities, NamedMember } from "../../../api/identity";
import { Bar } from "../../../parts/skeletons";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import { When } from "../../../parts/When";
import { cameWith, graphOf, idOf, seenWith } from "./graphOf";
import styles from "./identities.module.css";
import { useSaid } from "./useSaid";

const IdentityGraph = lazy(() => import("./IdentityGraph"));

interface Props {
  found: MemberIdentities;
  named: Map<string, NamedMember>;
  name: string;
}

/** The graph, and below it what is known of what is picked there. */
export function Identities({ found, named, name }: Props) {
  const { t } = useTranslation();
  const [picked, setPicked] = useState<string | null>(null);
  const graph = useMemo(() => graphOf(found, named, name), [found, named, name]);
  const beside = useMemo(
    () =>
      new Set(
        picked === null
          ? []
          : seenWith(picked, found.sightings)
              .flatMap(({ keys }) => keys.map(idOf))
              .filter((id) => id !== picked),
      ),
    [picked, found],
  );
  const node = graph.nodes.find(({ id }) => id === picked);
  return (
    <>
      <Suspense fallback={<Bar height={300} />}>
        <IdentityGraph graph={graph} picked={picked} beside={beside} onPick={setPicked} />
      </Suspense>
      <div className={styles.picked} aria-live="polite">
        {node ? <Picked said={node.said} found={found} id={node.id} /> : t("identities.pick")}
      </div>
    </>
  );
}

function Picked({
  said,
  found,
  id,
}: {
  said: ReturnType<typeof graphOf>["nodes"][number]["said"];
  found: MemberIdentities;
  id: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, title, hint } = useSaid()(said);
  const times = seenWith(id, found.sightings).reduce((sum, { times }) => sum + times, 0);
  return (
    <>
      <strong>
        {kind} {title}
      </strong>
      {said.kind === "identifier" ? (
        <>
          <Facts identifier={said.identifier} found={found} />
          {times > 0 && <span>{t("identities.seenTimes", { count: times })}</span>}
        </>
      ) : said.kind === "visitor" ? (
        <>
          <span>{hint}</span>
          <span>
            {t("identities.lastSeen")} {format.day(said.visitor.last_seen_on)}
          </span>
        </>
      ) : (
        <span>{hint}</span>
      )}
    </>
  );
}

/** When an identifier was first seen and by what, when last, and under whom it came. */
export function Facts({ identifier, found }: { identifier: Identifier; found: MemberIdentities }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const came = cameWith(identifier, found);
  return (
    <>
      <span>
        {t("identities.firstSeen")} <When at={identifier.first_seen_at} show="date" /> ·{" "}
        {label("identifierSource", identifier.source)}
      </span>
      <span>
        {t("identities.lastSeen")} {format.day(identifier.last_seen_on)}
      </span>
      {came && <span>{t(`identities.came.${came.kind}`)}</span>}
    </>
  );
}

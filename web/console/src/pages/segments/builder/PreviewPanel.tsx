import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type PreviewCost, type Tree, useDraftWhy, type usePreview } from "../../../api/segments";
import { MemberLink } from "../../../parts/MemberLink";
import { Panel } from "../../../parts/Panel";
import { Bar } from "../../../parts/skeletons";
import { useProblemWords } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";
import { WhyDrawer } from "../WhyDrawer";
import styles from "./builder.module.css";

interface Props {
  preview: ReturnType<typeof usePreview>;
  /** What counting takes, known before it is done. */
  cost: PreviewCost | undefined;
  /** How many conditions are not filled in; until they are, nothing is counted. */
  open: number;
  /** What is shown is of an older tree. */
  stale: boolean;
  tree: Tree | null;
}

/** How many it would be, who some of them are, and the rule in words. */
export function PreviewPanel({ preview, cost, open, stale, tree }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useProblemWords();
  const found = preview.data;
  const refused = preview.error !== null && !stale;
  return (
    <>
      <Panel title={t("builder.count")} definition={t("segments.definition")}>
        <div aria-live="polite" aria-busy={stale || undefined}>
          {found ? (
            <div className={stale || refused ? styles.stale : ""}>
              <p className={styles.count}>
                <strong className="num" data-testid="segment-count">
                  {format.number(found.count)}
                </strong>
                <span className="muted small num">{t("segments.took", { ms: found.took_ms })}</span>
              </p>
              <div className={styles.share}>
                <span style={{ width: `${(100 * found.count) / Math.max(found.everybody, 1)}%` }} />
              </div>
              <span className="muted small">
                {t("builder.of", {
                  everybody: format.number(found.everybody),
                  share: format.percent((10_000 * found.count) / Math.max(found.everybody, 1)),
                })}
                {" · "}
                {t("segments.asOf", { day: format.day(found.today) })}
              </span>
            </div>
          ) : refused || open > 0 ? (
            <strong className="muted">—</strong>
          ) : (
            <Bar width="60%" height={34} />
          )}
          {cost?.dear && (
            <p className="muted small" data-testid="segment-dear">
              {t("builder.dear", { rows: format.number(cost.rows) })}
            </p>
          )}
          {open > 0 && <p className={styles.open}>{t("builder.open", { count: open })}</p>}
          {refused && open === 0 && <p className={styles.problem}>{words(preview.error).detail}</p>}
        </div>
      </Panel>
      {found && (
        <div className={stale || refused ? styles.stale : ""}>
          <Panel title={t("builder.words")}>
            {[
              found.words[format.language === "en" ? "en" : "zh"],
              found.words[format.language === "en" ? "zh" : "en"],
            ].map((text) => (
              <p key={text} className={styles.words}>
                {text}
              </p>
            ))}
          </Panel>
        </div>
      )}
      {found && (
        <div className={stale || refused ? styles.stale : ""}>
          <Panel
            title={t("builder.sample")}
            definition={t("builder.sampleHint")}
            extra={<DraftWhy tree={tree} />}
          >
            {found.members.length === 0 ? (
              <span className="muted">{t("builder.nobody")}</span>
            ) : (
              <ul className={styles.sample}>
                {found.members.map((member) => (
                  <li key={member.id}>
                    <MemberLink member={member} tab="overview" />
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        </div>
      )}
    </>
  );
}

/** Why somebody would be held by the rule as it is written now, or would not. */
function DraftWhy({ tree }: { tree: Tree | null }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<string | undefined | null>(null);
  const query = useDraftWhy(tree, asked ?? undefined);
  return (
    <>
      <Button size="small" disabled={tree === null} onClick={() => setAsked(undefined)}>
        {t("builder.why")}
      </Button>
      {asked !== null && (
        <WhyDrawer
          tree={tree}
          query={query}
          member={asked}
          onPick={setAsked}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import type { UseQueryResult } from "@tanstack/react-query";
import { Alert, Drawer } from "antd";
import { useTranslation } from "react-i18next";
import type { Tree, Why, WhyNode } from "../../api/segments";
import { MemberLink } from "../../parts/MemberLink";
import { MemberSelect } from "../../parts/MemberSelect";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import styles from "./segments.module.css";
import { useSaying } from "./useSaying";

interface Props {
  tree: Tree | null;
  query: UseQueryResult<Why>;
  /** Of whom; none yet: she is to be chosen. */
  member: string | undefined;
  onPick: (id: string | undefined) => void;
  onClose: () => void;
}

/** Why she is in it, or is not: each condition's verdict, what was measured, and what it would take. */
export function WhyDrawer({ tree, query, member, onPick, onClose }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = query.data;
  const known = found && found.member.id === member ? [found.member] : [];
  return (
    <Drawer open onClose={onClose} size={520} title={t("why.title")}>
      <MemberSelect
        most={1}
        value={member ? [member] : []}
        known={known}
        onChange={([id]) => onPick(id)}
        placeholder={t("why.pick")}
      />
      {member && (
        <div className={styles.why}>
          {query.error ? (
            <ErrorState error={query.error} onRetry={() => query.refetch()} />
          ) : !found || !tree ? (
            <BlockSkeleton lines={5} />
          ) : (
            <>
              <Alert
                showIcon
                type={found.holds ? "success" : "warning"}
                title={
                  <>
                    <MemberLink member={found.member} tab="overview" />{" "}
                    <span data-testid="why-verdict">{t(found.holds ? "why.in" : "why.out")}</span>
                  </>
                }
              />
              <ul className={styles.verdicts}>
                <Verdict node={found.why} tree={tree} />
              </ul>
              <p className="muted small">{t("why.hint", { day: format.day(found.today) })}</p>
            </>
          )}
        </div>
      )}
    </Drawer>
  );
}

function Verdict({ node, tree }: { node: WhyNode; tree: Tree }) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useSaying(tree);
  const below = "of" in tree ? [tree.of].flat() : [];
  const title =
    tree.rule === "all"
      ? t("builder.all")
      : tree.rule === "any"
        ? t("builder.any")
        : tree.rule === "not"
          ? t("builder.isNot")
          : format.text(node.words);
  return (
    <li className={styles.verdict} data-decides={node.decides || undefined}>
      <div>
        {node.holds ? (
          <CheckCircleFilled className={styles.yes ?? ""} aria-label={t("why.holds")} />
        ) : (
          <CloseCircleFilled className={styles.no ?? ""} aria-label={t("why.holdsNot")} />
        )}
        <span>
          {title}
          {below.length === 0 && (
            <span className={styles.measured}>
              {node.value !== null
                ? t("why.value", { value: say(node.value) })
                : tree.rule === "attribute" ||
                    tree.rule === "registered" ||
                    tree.rule === "trait" ||
                    tree.rule === "measure"
                  ? t("why.unknown")
                  : ""}
              {node.needed !== null && <strong>{t("why.needed", { value: say(node.needed) })}</strong>}
            </span>
          )}
        </span>
      </div>
      {below.length > 0 && (
        <ul>
          {node.of.map((inner, at) => {
            const part = below[at];
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition is known by its place only
            return part && <Verdict key={at} node={inner} tree={part} />;
          })}
        </ul>
      )}
    </li>
  );
}

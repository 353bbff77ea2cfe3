import { EditOutlined, HistoryOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useVersions } from "../../api/programme";
import { useProgramme } from "../../api/settings";
import type { Programme } from "../../api/types";
import { useCan } from "../../app/session";
import { PageHeader } from "../../parts/PageHeader";
import { Panel } from "../../parts/Panel";
import { PageSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import type { List } from "./draft/documents";
import { PartnerCodes } from "./PartnerCodes";
import styles from "./ProgrammePage.module.css";
import { SaidItems, SaidRows } from "./SaidItems";
import { useSayDocument } from "./say/useSayDocument";
import { isSection, type Said, type SaidDocument } from "./say/words";
import { TierCards } from "./TierCards";

/** What members get and how they come by it, as it is live. */
export default function ProgrammePage() {
  const { data, error, isPending, refetch } = useProgramme();
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  return <Live programme={data} />;
}

function Live({ programme }: { programme: Programme }) {
  const { t } = useTranslation();
  const { document } = programme;
  const { say } = useSayDocument([document]);
  const said = say(document);
  return (
    <>
      <Header programme={programme} />
      <DraftBanner programme={programme} />
      <TierCards tiers={programme.tiers} />
      <div className={styles.pair}>
        <div>
          <Panel title={t("programme.section.growth")}>
            <SaidRows rows={said.growth} />
          </Panel>
          <ListPanel section="earn_rules" said={said} />
          <ListPanel section="plans" said={said} />
        </div>
        <div>
          <Panel title={t("programme.section.points")}>
            <SaidRows rows={said.points} />
          </Panel>
          <ListPanel
            section="benefits"
            said={said}
            extra={(_, index) => {
              const benefit = document.benefits?.[index];
              return benefit?.effect.kind === "partner_code" && <PartnerCodes benefit={benefit} />;
            }}
          />
        </div>
      </div>
    </>
  );
}

interface ListProps {
  section: List;
  said: SaidDocument;
  extra?: (item: Said, index: number) => ReactNode;
}

function ListPanel({ section, said, extra }: ListProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t(`programme.section.${section}`)}>
      {said[section].length > 0 ? (
        <SaidItems items={said[section]} {...(extra && { extra })} />
      ) : (
        <span className="muted">{t(`programme.empty.${section}`)}</span>
      )}
    </Panel>
  );
}

function Header({ programme }: { programme: Programme }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const live = useVersions().data?.items.find(({ version }) => version === programme.version);
  return (
    <PageHeader
      title={t("programme.title")}
      hint={
        live
          ? t("programme.hint", {
              version: live.version,
              who: live.published_by,
              when: format.dateTime(live.published_at),
            })
          : t("programme.hintFirst", { version: programme.version })
      }
      actions={
        <>
          <Link to="/programme/versions">
            <Button icon={<HistoryOutlined />}>{t("programme.history")}</Button>
          </Link>
          {can("programme.write") && (
            <Link to="/programme/draft">
              <Button type="primary" icon={<EditOutlined />}>
                {t(programme.draft ? "programme.goOn" : "programme.edit")}
              </Button>
            </Link>
          )}
        </>
      }
    />
  );
}

function DraftBanner({ programme: { draft } }: { programme: Programme }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!draft) return null;
  const sections = draft.changed.filter(isSection).map((name) => t(`programme.section.${name}`));
  return (
    <Alert
      type="info"
      showIcon
      style={{ marginBottom: 14 }}
      title={
        sections.length > 0
          ? t("programme.draftBanner", {
              when: format.dateTime(draft.changed_at),
              sections: sections.join(t("programme.say.comma")),
            })
          : t("programme.draftSame")
      }
    />
  );
}

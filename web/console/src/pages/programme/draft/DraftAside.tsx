import { WarningOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { ProgrammeDocument } from "../../../api/types";
import { Panel } from "../../../parts/Panel";
import offers from "../../offers/offers.module.css";
import { Changes } from "../Changes";
import { isSection, type SaidDocument, type Section } from "../say/words";
import { Effects } from "./Effects";
import { labelOf } from "./labels";
import { partsOf } from "./problems";
import type { Draft } from "./useDraft";

interface Props {
  draft: Draft;
  live: ProgrammeDocument;
  before: SaidDocument;
  after: SaidDocument;
  onPick: (path: string) => void;
}

/** Beside the form: what is wrong, what differs, and what it would do. */
export function DraftAside({ draft, live, before, after, onPick }: Props) {
  const { t } = useTranslation();
  const { wrongs, preview } = draft;
  const about = (path: string) => {
    const [section, item, ...rest] = partsOf(path);
    if (!isSection(String(section))) return "";
    const listed = typeof item === "number";
    const name = listed ? (after[section as Section][item]?.name ?? "") : "";
    const label = labelOf(section as Section, listed ? rest : [item ?? "", ...rest]);
    const what = [
      name === "—" ? t("draft.nameless", { number: Number(item) + 1 }) : name,
      label ? t(label) : "",
    ];
    const said = what.filter(Boolean).join(" · ");
    return said && `${said}${t("draft.about")}`;
  };
  return (
    <>
      {wrongs.length > 0 && (
        <Panel title={t("draft.wrong")}>
          <ul className={offers.problems}>
            {wrongs.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                <WarningOutlined />
                <Button
                  type="link"
                  size="small"
                  style={{
                    padding: 0,
                    height: "auto",
                    whiteSpace: "normal",
                    textAlign: "start",
                    justifySelf: "start",
                  }}
                  onClick={() => onPick(path)}
                >
                  {about(path)}
                  {message}
                </Button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel
        title={t("draft.preview.title")}
        definition={t("draft.preview.hint")}
        extra={
          <Button size="small" loading={preview.isPending} onClick={draft.work}>
            {t(preview.data ? "draft.preview.again" : "draft.preview.run")}
          </Button>
        }
      >
        {preview.data ? (
          <Effects preview={preview.data} live={live} planned={draft.document()} />
        ) : (
          <span className="muted small">{t("draft.preview.hint")}</span>
        )}
      </Panel>
      <Panel title={t("draft.changes")}>
        <Changes before={before} after={after} empty={t("draft.unchanged")} />
      </Panel>
    </>
  );
}

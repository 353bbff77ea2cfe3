import { PlusOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Attribute, useAttributes } from "../../api/attributes";
import { useCan } from "../../app/session";
import { DataList } from "../../parts/DataList";
import { listOf } from "../../parts/listOf";
import { Panel } from "../../parts/Panel";
import { EmptyState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { AttributeDrawer } from "./AttributeDrawer";
import { SettingsHeader } from "./SettingsHeader";

/** What is kept about members beside the fields that all have. */
export default function AttributesPage() {
  const { t } = useTranslation();
  const may = useCan()("programme.write");
  const [open, setOpen] = useState<Attribute | "new" | null>(null);
  const query = useAttributes();
  const add = may && (
    <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
      {t("attributes.add")}
    </Button>
  );
  const onOpen = may ? setOpen : undefined;
  return (
    <>
      <SettingsHeader here="/settings/attributes" />
      <Panel title={t("attributes.title")} definition={t("attributes.hint")} extra={add}>
        <DataList<Attribute>
          query={listOf(query)}
          rowKey={({ id }) => id}
          columns={[
            {
              key: "label",
              title: t("attributes.label"),
              render: (_, each) => <Label attribute={each} onOpen={onOpen} />,
            },
            { key: "type", title: t("attributes.type"), render: (_, each) => <Type attribute={each} /> },
            { key: "use", title: t("attributes.personal"), render: (_, each) => <Use attribute={each} /> },
            { key: "name", title: t("attributes.name"), render: (_, each) => <Name attribute={each} /> },
          ]}
          card={(each) => (
            <>
              <div className="spread">
                <Label attribute={each} onOpen={onOpen} />
                <Use attribute={each} />
              </div>
              <div className="spread small muted">
                <Type attribute={each} />
                <Name attribute={each} />
              </div>
            </>
          )}
          empty={<EmptyState title={t("attributes.empty")} hint={t("attributes.emptyHint")} />}
        />
      </Panel>
      {open !== null && (
        <AttributeDrawer attribute={open === "new" ? null : open} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

interface Of {
  attribute: Attribute;
}

function Label({ attribute, onOpen }: Of & { onOpen: ((attribute: Attribute) => void) | undefined }) {
  const { t } = useTranslation();
  const label = useFormat().text(attribute.label);
  return (
    <span className="cluster">
      {onOpen ? (
        <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onOpen(attribute)}>
          {label}
        </Button>
      ) : (
        label
      )}
      {attribute.archived && <Tag variant="filled">{t("attributes.archived")}</Tag>}
    </span>
  );
}

function Type({ attribute: { type, choices } }: Of) {
  const { t } = useTranslation();
  return type === "choice"
    ? t("attributes.ofChoices", { count: choices.length })
    : t(`attributes.types.${type}`);
}

function Use({ attribute: { personal } }: Of) {
  const { t } = useTranslation();
  return (
    <Tag variant="filled" color={personal ? "default" : "success"} style={{ margin: 0 }}>
      {t(personal ? "attributes.isPersonal" : "attributes.isAnalysed")}
    </Tag>
  );
}

const Name = ({ attribute }: Of) => <span className="mono small muted">{attribute.name}</span>;

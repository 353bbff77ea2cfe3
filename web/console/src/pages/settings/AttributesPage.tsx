import { PlusOutlined } from "@ant-design/icons";
import { Button, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Attribute, useAttributes } from "../../api/attributes";
import { useCan } from "../../app/session";
import { Panel } from "../../parts/Panel";
import { ListSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { AttributeDrawer } from "./AttributeDrawer";
import { SettingsHeader } from "./SettingsHeader";

/** What is kept about members beside the fields that all have. */
export default function AttributesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useCan()("programme.write");
  const [open, setOpen] = useState<Attribute | "new" | null>(null);
  const { data, error, refetch } = useAttributes();
  const add = may && (
    <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen("new")}>
      {t("attributes.add")}
    </Button>
  );
  return (
    <>
      <SettingsHeader here="/settings/attributes" />
      <Panel title={t("attributes.title")} definition={t("attributes.hint")} extra={add}>
        {error ? (
          <ErrorState error={error} onRetry={() => refetch()} />
        ) : !data ? (
          <ListSkeleton columns={3} />
        ) : data.items.length === 0 ? (
          <EmptyState title={t("attributes.empty")} hint={t("attributes.emptyHint")} />
        ) : (
          <Table<Attribute>
            rowKey="id"
            size="small"
            pagination={false}
            scroll={{ x: "max-content" }}
            dataSource={data.items}
            columns={[
              {
                title: t("attributes.label"),
                render: (_, each) => (
                  <span className="cluster">
                    {may ? (
                      <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setOpen(each)}>
                        {format.text(each.label)}
                      </Button>
                    ) : (
                      format.text(each.label)
                    )}
                    {each.archived && <Tag variant="filled">{t("attributes.archived")}</Tag>}
                  </span>
                ),
              },
              {
                title: t("attributes.type"),
                render: (_, each) =>
                  each.type === "choice"
                    ? t("attributes.ofChoices", { count: each.choices.length })
                    : t(`attributes.types.${each.type}`),
              },
              {
                title: t("attributes.personal"),
                render: (_, each) => (
                  <Tag variant="filled" color={each.personal ? "default" : "success"}>
                    {t(each.personal ? "attributes.isPersonal" : "attributes.isAnalysed")}
                  </Tag>
                ),
              },
              {
                title: t("attributes.name"),
                dataIndex: "name",
                render: (name: string) => <span className="mono small muted">{name}</span>,
              },
            ]}
          />
        )}
      </Panel>
      {open !== null && (
        <AttributeDrawer attribute={open === "new" ? null : open} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

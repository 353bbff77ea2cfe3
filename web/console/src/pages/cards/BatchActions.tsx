import { DownloadOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { type CardBatch, useVoidCards } from "../../api/cards";
import { useCan } from "../../app/session";
import { download } from "../../parts/ExportButton";
import { useProblemWords } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";

const COLOUR = { fresh: "processing", downloaded: "success", voided: "default" } as const;

export function BatchState({ row }: { row: CardBatch }) {
  const { t } = useTranslation();
  const state = row.voided_at ? "voided" : row.downloaded_at ? "downloaded" : "fresh";
  return (
    <Tag variant="filled" color={COLOUR[state]} style={{ margin: 0 }}>
      {t(`cards.batch.state.${state}`)}
    </Tag>
  );
}

/** The file leaves once; what was not sold can be made worthless. */
export function BatchActions({ row, small }: { row: CardBatch; small?: boolean }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const queries = useQueryClient();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const annul = useVoidCards();
  const unsold = row.counts.inactive ?? 0;
  if (!can("stored_value.write")) return null;
  const failed = (error: unknown) => void message.error(words(error).detail);
  const askDownload = () =>
    modal.confirm({
      title: t("cards.batch.downloadAsk", { name: row.name }),
      content: t("cards.batch.downloadHint"),
      okText: t("cards.batch.download"),
      onOk: async () => {
        await download(`/v1/card-batches/${row.id}/download`, "POST").then(
          () => void message.success(t("cards.batch.downloaded")),
          failed,
        );
        await queries.invalidateQueries({ queryKey: ["card-batches"] });
      },
    });
  const askVoid = () =>
    modal.confirm({
      title: t("cards.batch.voidAsk", { name: row.name, number: format.number(unsold) }),
      content: t("cards.batch.voidHint"),
      okText: t("cards.batch.void"),
      okButtonProps: { danger: true },
      onOk: () => annul.mutateAsync(row.id).then(() => void message.success(t("cards.batch.voided")), failed),
    });
  const size = small ? "small" : "middle";
  return (
    <span className="cluster" style={{ justifyContent: "flex-end" }}>
      {row.downloadable && (
        <Button size={size} icon={<DownloadOutlined />} onClick={askDownload}>
          {t("cards.batch.download")}
        </Button>
      )}
      {!row.voided_at && unsold > 0 && (
        <Button size={size} type="text" danger onClick={askVoid}>
          {t("cards.batch.void")}
        </Button>
      )}
    </span>
  );
}

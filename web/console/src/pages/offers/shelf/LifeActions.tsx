import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { type LifeVerb, type Shelf, useLife, useRemove, type Written } from "../../../api/shelf";
import { useProblemWords } from "../../../parts/states";
import { PublishDialog } from "./PublishDialog";

interface Props<Row extends Written, Detail extends Row, Body> {
  shelf: Shelf<Row, Detail, Body>;
  offer: Detail & { published_at: string | null };
  name: string;
  sentence: ReactNode;
  /** Saves what is typed before it is published; false when that was refused. */
  settle: () => Promise<boolean>;
}

/** From draft to end: publish, pause, end, throw away; each says first what it will do. */
export function LifeActions<Row extends Written, Detail extends Row, Body>({
  shelf,
  offer,
  name,
  sentence,
  settle,
}: Props<Row, Detail, Body>) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const life = useLife(shelf);
  const remove = useRemove(shelf);
  const [publishing, setPublishing] = useState(false);
  const { status } = offer;
  const failed = (error: unknown) => void message.error(words(error).detail);

  const ask = (verb: LifeVerb) =>
    modal.confirm({
      title: t(`offers.ask.${verb as "pause" | "end"}`, { name }),
      content: t(`offers.askHint.${verb as "pause" | "end"}`),
      okText: t(`offers.verb.${verb}`),
      okButtonProps: { danger: verb === "end" },
      onOk: () => life.mutateAsync({ id: offer.id, verb }).catch(failed),
    });
  const askRemove = () =>
    modal.confirm({
      title: t("offers.ask.remove", { name }),
      content: t("offers.askHint.remove"),
      okText: t("action.delete"),
      okButtonProps: { danger: true },
      onOk: async () => {
        await remove.mutateAsync(offer.id).then(() => navigate(shelf.path), failed);
      },
    });

  return (
    <>
      {(status === "draft" || status === "paused") && (
        <Button
          type={status === "draft" ? "primary" : "default"}
          onClick={async () => (await settle()) && setPublishing(true)}
        >
          {t(status === "draft" ? "offers.verb.publish" : "offers.verb.resume")}
        </Button>
      )}
      {status === "published" && <Button onClick={() => ask("pause")}>{t("offers.verb.pause")}</Button>}
      {(status === "published" || status === "paused") && (
        <Button danger onClick={() => ask("end")}>
          {t("offers.verb.end")}
        </Button>
      )}
      {status === "draft" && offer.published_at === null && (
        <Button danger type="text" onClick={askRemove}>
          {t("action.delete")}
        </Button>
      )}
      {publishing && (
        <PublishDialog
          shelf={shelf}
          id={offer.id}
          name={name}
          sentence={sentence}
          onClose={() => setPublishing(false)}
        />
      )}
    </>
  );
}

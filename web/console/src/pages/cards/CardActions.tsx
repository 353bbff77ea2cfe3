import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type StoredCard, useThawCard } from "../../api/cards";
import { useCan } from "../../app/session";
import { useProblemWords } from "../../parts/states";
import { BindDialog } from "./BindDialog";
import { FreezeDialog } from "./FreezeDialog";
import { ReplaceDialog } from "./ReplaceDialog";
import { SellDialog } from "./SellDialog";

type Act = "sell" | "bind" | "freeze" | "transfer";

/** What may be done with a card as it is now, by who is looking. */
export function CardActions({ card }: { card: StoredCard }) {
  const { t } = useTranslation();
  const can = useCan();
  const [open, setOpen] = useState<Act | null>(null);
  const close = () => setOpen(null);
  const sells = can("stored_value.sell");
  const manages = can("stored_value.write");
  const { status } = card;
  const live = status === "active" || status === "frozen";
  return (
    <>
      {manages && live && card.balance_minor > 0 && (
        <Button onClick={() => setOpen("transfer")}>{t("cards.transfer.do")}</Button>
      )}
      {sells && status === "active" && (
        <Button danger onClick={() => setOpen("freeze")}>
          {t("cards.freeze.do")}
        </Button>
      )}
      {manages && status === "frozen" && <Thaw cardId={card.id} />}
      {sells && status === "active" && (
        <Button type="primary" onClick={() => setOpen("bind")}>
          {t("cards.bind.do")}
        </Button>
      )}
      {sells && status === "inactive" && (
        <Button type="primary" onClick={() => setOpen("sell")}>
          {t("cards.sell.one")}
        </Button>
      )}
      {open === "sell" && <SellDialog first={card} onClose={close} />}
      {open === "bind" && <BindDialog card={card} onClose={close} />}
      {open === "freeze" && <FreezeDialog card={card} onClose={close} />}
      {open === "transfer" && <ReplaceDialog card={card} onClose={close} />}
    </>
  );
}

function Thaw({ cardId }: { cardId: string }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const thaw = useThawCard(cardId);
  const ask = () =>
    modal.confirm({
      title: t("cards.thaw.ask"),
      content: t("cards.thaw.hint"),
      okText: t("cards.thaw.do"),
      onOk: () =>
        thaw.mutateAsync().then(
          () => void message.success(t("cards.thaw.done")),
          (error: unknown) => void message.error(words(error).detail),
        ),
    });
  return <Button onClick={ask}>{t("cards.thaw.do")}</Button>;
}
